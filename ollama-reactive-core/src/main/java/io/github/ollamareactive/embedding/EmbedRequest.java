// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.embedding;

import static io.github.ollamareactive.protocol.Arguments.all;
import static io.github.ollamareactive.protocol.Arguments.positive;
import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.time.Duration;
import java.util.List;

/** A request to embed texts ({@code POST /api/embed}). */
public final class EmbedRequest extends RequestFields<EmbedRequest> {
    private EmbedRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @param input the texts, each of which gives one vector; without any, the server only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static EmbedRequest of(String model, String... input) {
        return of(model, all("input", input));
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @param input the texts, each of which gives one vector; without any, the server only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static EmbedRequest of(String model, List<String> input) {
        return new EmbedRequest(
                JsonObject.EMPTY.with("model", required("model", model)).with("input", all("input", input)));
    }

    /**
     * Creates a request for texts, pictures and sounds.
     *
     * @param model the model's name
     * @param input what is embedded; each gives one vector
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static EmbedRequest ofInputs(String model, EmbedInput... input) {
        return new EmbedRequest(
                JsonObject.EMPTY.with("model", required("model", model)).with("input", all("input", input)));
    }

    @Override
    protected EmbedRequest copy(JsonObject fields) {
        return new EmbedRequest(fields);
    }

    /**
     * Whether a text that exceeds the context window is truncated ({@code truncate}). Server's default: true.
     *
     * @param truncate false for an error instead
     * @return a new request
     */
    public EmbedRequest truncate(boolean truncate) {
        return with("truncate", truncate);
    }

    /**
     * The number of dimensions of a vector ({@code dimensions}). The server truncates the model's vectors and
     * normalises them again; it ignores a number that is not smaller than the model's own.
     *
     * @param dimensions at least 1
     * @return a new request
     * @throws IllegalArgumentException when it is not positive
     */
    public EmbedRequest dimensions(int dimensions) {
        return with("dimensions", positive("dimensions", dimensions));
    }

    /**
     * The model's options ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public EmbedRequest options(ModelOptions options) {
        return with("options", requireNonNull(options, "options"));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public EmbedRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", requireNonNull(keepAlive, "keepAlive"));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads it at once, a negative duration keeps it loaded forever
     * @return a new request
     */
    public EmbedRequest keepAlive(Duration keepAlive) {
        return keepAlive(KeepAlive.of(requireNonNull(keepAlive, "keepAlive")));
    }

    /**
     * Which of the model's variants is meant, where several are installed under one name ({@code runner}); since server 0.40.0, ignored
     * before. Server's default: the first that the machine can run.
     *
     * @param runner {@code mlx}, {@code ggml} or {@code llamacpp}
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public EmbedRequest runner(String runner) {
        return with("runner", required("runner", runner));
    }
}
