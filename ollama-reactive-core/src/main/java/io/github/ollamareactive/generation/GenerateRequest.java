// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A completion of a prompt: {@code POST /api/generate}. */
public final class GenerateRequest extends RequestFields<GenerateRequest> {
    private GenerateRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Asks a model.
     *
     * @param model the model's name
     * @param prompt the prompt; an empty one only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static GenerateRequest of(String model, String prompt) {
        return new GenerateRequest(
                JsonObject.EMPTY.with("model", required("model", model)).with("prompt", prompt));
    }

    @Override
    protected GenerateRequest copy(JsonObject fields) {
        return new GenerateRequest(fields);
    }

    /**
     * The text after the place where the answer goes; needs a model that can insert ({@code suffix}).
     *
     * @param suffix the text
     * @return a new request
     */
    public GenerateRequest suffix(String suffix) {
        return with("suffix", suffix);
    }

    /**
     * Replaces the model's system text ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public GenerateRequest system(String system) {
        return with("system", system);
    }

    /**
     * Replaces the model's prompt template ({@code template}).
     *
     * @param template a Go template
     * @return a new request
     */
    public GenerateRequest template(String template) {
        return with("template", template);
    }

    /**
     * The state of an earlier answer, to go on from. Deprecated by the server in favour of chat ({@code context}).
     *
     * @param context the tokens of an earlier {@code Done}
     * @return a new request
     */
    public GenerateRequest context(List<Integer> context) {
        return with("context", context);
    }

    /**
     * Whether the prompt is used as it is, without a template. The server refuses it together with a template, system text or context ({@code raw}).
     *
     * @param raw true for the bare prompt
     * @return a new request
     */
    public GenerateRequest raw(boolean raw) {
        return with("raw", raw);
    }

    /**
     * Adds a picture or sound, sent as base64 ({@code images}).
     *
     * @param bytes the file's bytes
     * @return a new request
     */
    public GenerateRequest image(byte[] bytes) {
        return imageBase64(Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Adds a picture or sound from a file, read here and now ({@code images}): call it outside of event loops.
     *
     * @param file the file
     * @return a new request
     * @throws UncheckedIOException when the file can't be read
     */
    public GenerateRequest image(Path file) {
        return image(readImage(file));
    }

    /**
     * Adds a picture or sound that is base64 already ({@code images}).
     *
     * @param base64 standard alphabet, padded, no data URI, no line breaks
     * @return a new request
     * @throws IllegalArgumentException when it is no such text
     */
    public GenerateRequest imageBase64(String base64) {
        return with("images", withImage(base64));
    }

    /**
     * The picture's width; image models of servers 0.14.3 to 0.32.5 ({@code width}).
     *
     * @param width in pixels
     * @return a new request
     */
    public GenerateRequest width(int width) {
        return with("width", width);
    }

    /**
     * The picture's height; image models of servers 0.14.3 to 0.32.5 ({@code height}).
     *
     * @param height in pixels
     * @return a new request
     */
    public GenerateRequest height(int height) {
        return with("height", height);
    }

    /**
     * The steps to render in; image models of servers 0.14.3 to 0.32.5 ({@code steps}).
     *
     * @param steps how many
     * @return a new request
     */
    public GenerateRequest steps(int steps) {
        return with("steps", steps);
    }

    /**
     * Whether the answer comes piece by piece; unset, it does. The events are the same, with the texts in one piece ({@code stream}).
     *
     * @param stream false for a single answer
     * @return a new request
     */
    public GenerateRequest stream(boolean stream) {
        return with("stream", stream);
    }

    /**
     * Whether a thinking model thinks. Unset, models that can do; the server refuses true for one that can't ({@code think}).
     *
     * @param think true or false; both are sent
     * @return a new request
     */
    public GenerateRequest think(boolean think) {
        return with("think", think);
    }

    /**
     * How hard a thinking model thinks ({@code think}).
     *
     * @param level the level
     * @return a new request
     */
    public GenerateRequest think(Think level) {
        return with("think", level);
    }

    /**
     * Constrains the answer to JSON ({@code format}).
     *
     * @param format the format
     * @return a new request
     */
    public GenerateRequest format(Format format) {
        return with("format", format);
    }

    /**
     * Constrains the answer to a JSON Schema, sent as it is: same keys, same order ({@code format}).
     *
     * @param schema the schema, an object
     * @return a new request
     */
    public GenerateRequest format(JsonValue schema) {
        return with("format", schema);
    }

    /**
     * Constrains the answer to a JSON Schema ({@code format}).
     *
     * @param schema the schema, of an object
     * @return a new request
     */
    public GenerateRequest format(JsonSchema schema) {
        return with("format", schema);
    }

    /**
     * The model's options ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public GenerateRequest options(ModelOptions options) {
        return with("options", options);
    }

    /**
     * How long the model stays loaded afterwards ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public GenerateRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", keepAlive);
    }

    /**
     * How long the model stays loaded afterwards ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads, negative is for ever
     * @return a new request
     */
    public GenerateRequest keepAlive(Duration keepAlive) {
        return keepAlive(KeepAlive.of(keepAlive));
    }

    /**
     * Whether a prompt that is too long is cut. Server's default: true ({@code truncate}).
     *
     * @param truncate false for an error instead
     * @return a new request
     */
    public GenerateRequest truncate(boolean truncate) {
        return with("truncate", truncate);
    }

    /**
     * Whether generation may go on past the context window by dropping old tokens. Server's default: true; alternating it loads the model anew ({@code shift}).
     *
     * @param shift false to stop at the window's end
     * @return a new request
     */
    public GenerateRequest shift(boolean shift) {
        return with("shift", shift);
    }

    /**
     * Whether events carry the tokens' log probabilities ({@code logprobs}).
     *
     * @param logprobs true for probabilities
     * @return a new request
     */
    public GenerateRequest logprobs(boolean logprobs) {
        return with("logprobs", logprobs);
    }

    /**
     * How many alternatives come with each token; needs {@link #logprobs} ({@code top_logprobs}).
     *
     * @param topLogprobs 0 to 20
     * @return a new request
     * @throws IllegalArgumentException outside of 0 to 20
     */
    public GenerateRequest topLogprobs(int topLogprobs) {
        if (topLogprobs < 0 || topLogprobs > 20) {
            throw new IllegalArgumentException("top_logprobs must be between 0 and 20, not " + topLogprobs);
        }
        return with("top_logprobs", topLogprobs);
    }

    /**
     * Whether the prompt is only rendered, not run: the answer is one {@code Done} with the rendered template ({@code _debug_render_only}).
     *
     * @param debugRenderOnly true to render only
     * @return a new request
     */
    public GenerateRequest debugRenderOnly(boolean debugRenderOnly) {
        return with("_debug_render_only", debugRenderOnly);
    }
}
