// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.embedding;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.time.Duration;
import java.util.List;

/** Texts to embed: {@code POST /api/embed}. */
public final class EmbedRequest extends RequestFields<EmbedRequest> {
    private EmbedRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Embeds texts.
     *
     * @param model the model's name
     * @param input the texts, one vector each; none only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static EmbedRequest of(String model, String... input) {
        return of(model, List.of(input));
    }

    /**
     * Embeds texts.
     *
     * @param model the model's name
     * @param input the texts, one vector each; none only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static EmbedRequest of(String model, List<String> input) {
        return new EmbedRequest(
                JsonObject.EMPTY.with("model", required("model", model)).with("input", input));
    }

    @Override
    protected EmbedRequest copy(JsonObject fields) {
        return new EmbedRequest(fields);
    }

    /**
     * Whether a text that is too long is cut. Server's default: true ({@code truncate}).
     *
     * @param truncate false for an error instead
     * @return a new request
     */
    public EmbedRequest truncate(boolean truncate) {
        return with("truncate", truncate);
    }

    /**
     * How many numbers a vector has: cut and normalised again. Ignored when not below the model's own size ({@code dimensions}).
     *
     * @param dimensions how many, at least 1
     * @return a new request
     * @throws IllegalArgumentException when it isn't positive
     */
    public EmbedRequest dimensions(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("dimensions must be positive: " + dimensions);
        }
        return with("dimensions", dimensions);
    }

    /**
     * The model's options ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public EmbedRequest options(ModelOptions options) {
        return with("options", options);
    }

    /**
     * How long the model stays loaded afterwards ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public EmbedRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", keepAlive);
    }

    /**
     * How long the model stays loaded afterwards ({@code keep_alive}).
     *
     * @param keepAlive how long; zero unloads, negative is for ever
     * @return a new request
     */
    public EmbedRequest keepAlive(Duration keepAlive) {
        return keepAlive(KeepAlive.of(keepAlive));
    }
}
