// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.decision;

import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.Images;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonWritable;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.RequestFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Questions about a state for a decision model ({@code POST /v1/systemone}; since server 0.35.0). What the server limits is checked before it
 * is sent: 1 to {@value #MAX_QUESTIONS} questions, {@value #MAX_BYTES} bytes without images and {@value #MAX_BYTES_WITH_IMAGES} with them.
 */
public final class DecisionRequest extends RequestFields<DecisionRequest> {
    /** How many questions a request may have. */
    public static final int MAX_QUESTIONS = 64;

    /** How long the document of a request without images may be, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** How long the document of a request with images may be, in bytes. */
    public static final int MAX_BYTES_WITH_IMAGES = 32 * 1024 * 1024;

    private DecisionRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request about a text.
     *
     * @param model the model's name
     * @param state what the questions are about
     * @return the request, to which questions are added
     * @throws IllegalArgumentException when the model's name or the text is empty
     */
    public static DecisionRequest of(String model, String state) {
        return of(model, JsonValue.of(required("state", state)));
    }

    /**
     * Creates a request about a document, which the server puts into the prompt as compact JSON.
     *
     * @param model the model's name
     * @param state what the questions are about: a JSON object or list
     * @return the request, to which questions are added
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static DecisionRequest of(String model, JsonWritable state) {
        return new DecisionRequest(JsonObject.EMPTY
                .with("model", required("model", model))
                .with("state", requireNonNull(state, "state"))
                .with("questions", JsonObject.EMPTY));
    }

    @Override
    protected DecisionRequest copy(JsonObject fields) {
        return new DecisionRequest(fields);
    }

    /**
     * Adds a question, or replaces the one of that name ({@code questions}). Each is asked by itself.
     *
     * @param name the question's name, which its answer has too
     * @param question the question
     * @return a new request
     * @throws IllegalArgumentException when the name is empty or there are too many questions
     */
    public DecisionRequest ask(String name, Question question) {
        JsonObject questions = questions().with(required("name", name), requireNonNull(question, "question"));
        if (questions.fields().size() > MAX_QUESTIONS) {
            throw new IllegalArgumentException("questions: there may be " + MAX_QUESTIONS + " at most");
        }
        return with("questions", questions);
    }

    /**
     * Adds a picture that all questions share ({@code images}); since server 0.35.1, for models with vision.
     *
     * @param bytes the bytes of a PNG, JPEG or WebP file
     * @return a new request
     */
    public DecisionRequest image(byte[] bytes) {
        return with("images", Images.append(fields(), Images.encode(bytes)));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public DecisionRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", requireNonNull(keepAlive, "keepAlive"));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads it at once, a negative duration keeps it loaded forever
     * @return a new request
     */
    public DecisionRequest keepAlive(Duration keepAlive) {
        return keepAlive(KeepAlive.of(requireNonNull(keepAlive, "keepAlive")));
    }

    /**
     * The document to send, within what the server takes.
     *
     * @return the document
     * @throws IllegalArgumentException when there are no questions, or the document is too long
     */
    public JsonObject checked() {
        if (questions().fields().isEmpty()) {
            throw new IllegalArgumentException("questions: there must be one at least");
        }
        int limit = fields().get("images") == null ? MAX_BYTES : MAX_BYTES_WITH_IMAGES;
        int length = fields().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > limit) {
            throw new IllegalArgumentException("the request has " + length + " bytes, the server takes " + limit);
        }
        return fields();
    }

    /** {@return the questions by their names} */
    public JsonObject questions() {
        return fields().get("questions") instanceof JsonObject questions ? questions : JsonObject.EMPTY;
    }
}
