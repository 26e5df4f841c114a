// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.time.Duration;

/**
 * The fields that chat and generate requests have in common.
 *
 * @param <R> the request's own type
 */
public abstract sealed class GenerationFields<R extends GenerationFields<R>> extends RequestFields<R>
        permits ChatRequest, GenerateRequest {
    GenerationFields(JsonObject fields) {
        super(fields);
    }

    /**
     * Whether the answer is streamed ({@code stream}). Server's default: true. When false, the same events arrive, each
     * text in one piece.
     *
     * @param stream false for a single answer
     * @return a new request
     */
    public R stream(boolean stream) {
        return with("stream", stream);
    }

    /**
     * Whether a thinking model thinks ({@code think}). Server's default: true for models that can; it refuses true for
     * others.
     *
     * @param think true or false; both are sent
     * @return a new request
     */
    public R think(boolean think) {
        return with("think", think);
    }

    /**
     * How much a thinking model thinks ({@code think}). A server takes a level that the model doesn't list for the model's default.
     *
     * @param level the level
     * @return a new request
     */
    public R think(Think level) {
        return with("think", requireNonNull(level, "level"));
    }

    /**
     * Which of the model's variants answers, where several are installed under one name ({@code runner}); since server 0.40.0, ignored
     * before. Server's default: the first that the machine can run.
     *
     * @param runner {@code mlx}, {@code ggml} or {@code llamacpp}
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public R runner(String runner) {
        return with("runner", required("runner", runner));
    }

    /**
     * Constrains the answer to JSON ({@code format}).
     *
     * @param format the format
     * @return a new request
     */
    public R format(Format format) {
        return with("format", requireNonNull(format, "format"));
    }

    /**
     * Constrains the answer to a JSON Schema, which is sent unchanged ({@code format}).
     *
     * @param schema the schema, a JSON object
     * @return a new request
     */
    public R format(JsonValue schema) {
        return with("format", requireNonNull(schema, "schema"));
    }

    /**
     * Constrains the answer to a JSON Schema ({@code format}).
     *
     * @param schema the schema of an object
     * @return a new request
     */
    public R format(JsonSchema schema) {
        return with("format", requireNonNull(schema, "schema"));
    }

    /**
     * The model's options ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public R options(ModelOptions options) {
        return with("options", requireNonNull(options, "options"));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public R keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", requireNonNull(keepAlive, "keepAlive"));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads it at once, a negative duration keeps it loaded forever
     * @return a new request
     */
    public R keepAlive(Duration keepAlive) {
        return keepAlive(KeepAlive.of(requireNonNull(keepAlive, "keepAlive")));
    }

    /**
     * Whether a prompt that exceeds the context window is truncated ({@code truncate}). Server's default: true.
     *
     * @param truncate false for an error instead
     * @return a new request
     */
    public R truncate(boolean truncate) {
        return with("truncate", truncate);
    }

    /**
     * Whether generation continues past the context window by dropping old tokens ({@code shift}). Server's default:
     * true. Requests with different values make the server load the model again.
     *
     * @param shift false to stop at the end of the window
     * @return a new request
     */
    public R shift(boolean shift) {
        return with("shift", shift);
    }

    /**
     * Whether events carry the log probabilities of their tokens ({@code logprobs}).
     *
     * @param logprobs true for log probabilities
     * @return a new request
     */
    public R logprobs(boolean logprobs) {
        return with("logprobs", logprobs);
    }

    /**
     * How many alternatives each token carries; requires {@link #logprobs} ({@code top_logprobs}).
     *
     * @param topLogprobs 0 to 20
     * @return a new request
     * @throws IllegalArgumentException when out of range
     */
    public R topLogprobs(int topLogprobs) {
        if (topLogprobs < 0 || topLogprobs > 20) {
            throw new IllegalArgumentException("top_logprobs must be between 0 and 20, not " + topLogprobs);
        }
        return with("top_logprobs", topLogprobs);
    }

    /**
     * Whether the server only renders the prompt: the answer is one {@code Done} with the rendered template
     * ({@code _debug_render_only}).
     *
     * @param debugRenderOnly true to render without running the model
     * @return a new request
     */
    public R debugRenderOnly(boolean debugRenderOnly) {
        return with("_debug_render_only", debugRenderOnly);
    }
}
