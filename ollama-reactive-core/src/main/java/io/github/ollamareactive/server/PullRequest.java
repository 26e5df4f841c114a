// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import static io.github.ollamareactive.protocol.Arguments.required;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/** A request to download a model ({@code POST /api/pull}). */
public final class PullRequest extends RequestFields<PullRequest> {
    private PullRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static PullRequest of(String model) {
        return new PullRequest(JsonObject.EMPTY.with("model", required("model", model)));
    }

    @Override
    protected PullRequest copy(JsonObject fields) {
        return new PullRequest(fields);
    }

    /**
     * Whether the server connects to the registry without TLS ({@code insecure}).
     *
     * @param insecure true for plain HTTP
     * @return a new request
     */
    public PullRequest insecure(boolean insecure) {
        return with("insecure", insecure);
    }

    /**
     * Whether progress is reported ({@code stream}). Server's default: true.
     *
     * @param stream false for the last event only
     * @return a new request
     */
    public PullRequest stream(boolean stream) {
        return with("stream", stream);
    }

    /**
     * Which of the model's variants is meant, where several are installed under one name ({@code runner}); since server 0.40.0, ignored
     * before. Server's default: the first that the machine can run.
     *
     * @param runner {@code mlx}, {@code ggml} or {@code llamacpp}
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public PullRequest runner(String runner) {
        return with("runner", required("runner", runner));
    }
}
