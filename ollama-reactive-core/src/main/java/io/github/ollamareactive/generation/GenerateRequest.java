// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.all;
import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.Images;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A generate request: a prompt that the model completes ({@code POST /api/generate}). */
public final class GenerateRequest extends GenerationFields<GenerateRequest> {
    private GenerateRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @param prompt the prompt; with an empty one, the server only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static GenerateRequest of(String model, String prompt) {
        return new GenerateRequest(JsonObject.EMPTY
                .with("model", required("model", model))
                .with("prompt", requireNonNull(prompt, "prompt")));
    }

    @Override
    protected GenerateRequest copy(JsonObject fields) {
        return new GenerateRequest(fields);
    }

    /**
     * The text that follows the answer; requires a model that supports insertion ({@code suffix}).
     *
     * @param suffix the text
     * @return a new request
     */
    public GenerateRequest suffix(String suffix) {
        return with("suffix", requireNonNull(suffix, "suffix"));
    }

    /**
     * The system message, in place of the model's own ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public GenerateRequest system(String system) {
        return with("system", requireNonNull(system, "system"));
    }

    /**
     * The prompt template, in place of the model's own ({@code template}).
     *
     * @param template a Go template
     * @return a new request
     */
    public GenerateRequest template(String template) {
        return with("template", requireNonNull(template, "template"));
    }

    /**
     * The state of an earlier answer, to continue it ({@code context}). The server has deprecated it in favour of chat.
     *
     * @param context the tokens of an earlier {@code Done}
     * @return a new request
     */
    public GenerateRequest context(List<Integer> context) {
        return with("context", all("context", context));
    }

    /**
     * Whether the prompt is used without a template ({@code raw}). The server refuses true together with a template, a
     * system message or a context.
     *
     * @param raw true for no template
     * @return a new request
     */
    public GenerateRequest raw(boolean raw) {
        return with("raw", raw);
    }

    /**
     * Adds an image or audio file; sent as base64 ({@code images}).
     *
     * @param bytes the file's bytes
     * @return a new request
     */
    public GenerateRequest image(byte[] bytes) {
        return imageBase64(Images.encode(bytes));
    }

    /**
     * Adds an image or audio file ({@code images}). Reads it at once and blocks: don't call it on an event loop.
     *
     * @param file the file
     * @return a new request
     * @throws UncheckedIOException when the file can't be read
     */
    public GenerateRequest image(Path file) {
        return image(Images.read(file));
    }

    /**
     * Adds an image or audio file that is base64 already ({@code images}).
     *
     * @param base64 the file in the standard alphabet with padding, without line breaks; not a data URI
     * @return a new request
     * @throws IllegalArgumentException when the text is not such base64
     */
    public GenerateRequest imageBase64(String base64) {
        return with("images", Images.append(fields(), base64));
    }

    /**
     * The width of the image ({@code width}); for image models of servers 0.14.3 to 0.32.5.
     *
     * @param width in pixels
     * @return a new request
     */
    public GenerateRequest width(int width) {
        return with("width", width);
    }

    /**
     * The height of the image ({@code height}); for image models of servers 0.14.3 to 0.32.5.
     *
     * @param height in pixels
     * @return a new request
     */
    public GenerateRequest height(int height) {
        return with("height", height);
    }

    /**
     * The number of rendering steps ({@code steps}); for image models of servers 0.14.3 to 0.32.5.
     *
     * @param steps how many
     * @return a new request
     */
    public GenerateRequest steps(int steps) {
        return with("steps", steps);
    }
}
