// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.time.Duration;

/** A request to load a model ({@code POST /api/generate} without a prompt). */
public final class LoadRequest extends RequestFields<LoadRequest> {
    private LoadRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static LoadRequest of(String model) {
        return new LoadRequest(JsonObject.EMPTY.with("model", required("model", model)));
    }

    @Override
    protected LoadRequest copy(JsonObject fields) {
        return new LoadRequest(fields);
    }

    /**
     * The options to load the model with ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public LoadRequest options(ModelOptions options) {
        return with("options", requireNonNull(options, "options"));
    }

    /**
     * How long the model stays loaded ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public LoadRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", requireNonNull(keepAlive, "keepAlive"));
    }

    /**
     * How long the model stays loaded ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads it at once, a negative duration keeps it loaded forever
     * @return a new request
     */
    public LoadRequest keepAlive(Duration keepAlive) {
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
    public LoadRequest runner(String runner) {
        return with("runner", required("runner", runner));
    }
}
