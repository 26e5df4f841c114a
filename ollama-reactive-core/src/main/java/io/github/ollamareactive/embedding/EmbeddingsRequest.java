// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.embedding;

import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;

/**
 * A request to embed one text by the older endpoint ({@code POST /api/embeddings}). {@link EmbedRequest} replaces it.
 */
public final class EmbeddingsRequest extends RequestFields<EmbeddingsRequest> {
    private EmbeddingsRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @param prompt the text; with an empty one, the server only loads the model
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static EmbeddingsRequest of(String model, String prompt) {
        return new EmbeddingsRequest(JsonObject.EMPTY
                .with("model", required("model", model))
                .with("prompt", requireNonNull(prompt, "prompt")));
    }

    @Override
    protected EmbeddingsRequest copy(JsonObject fields) {
        return new EmbeddingsRequest(fields);
    }

    /**
     * The model's options ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public EmbeddingsRequest options(ModelOptions options) {
        return with("options", requireNonNull(options, "options"));
    }

    /**
     * How long the model stays loaded after the request ({@code keep_alive}).
     *
     * @param keepAlive how long
     * @return a new request
     */
    public EmbeddingsRequest keepAlive(KeepAlive keepAlive) {
        return with("keep_alive", requireNonNull(keepAlive, "keepAlive"));
    }

    /**
     * Which of the model's variants is meant, where several are installed under one name ({@code runner}); since server 0.40.0, ignored
     * before. Server's default: the first that the machine can run.
     *
     * @param runner {@code mlx}, {@code ggml} or {@code llamacpp}
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public EmbeddingsRequest runner(String runner) {
        return with("runner", required("runner", runner));
    }
}
