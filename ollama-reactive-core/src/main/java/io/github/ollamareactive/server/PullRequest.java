// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/** Downloads a model: {@code POST /api/pull}. */
public final class PullRequest extends RequestFields<PullRequest> {
    private PullRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Downloads a model.
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
     * Whether the server talks plain http to the registry ({@code insecure}).
     *
     * @param insecure true for plain http
     * @return a new request
     */
    public PullRequest insecure(boolean insecure) {
        return with("insecure", insecure);
    }

    /**
     * Whether progress is reported; unset, it is ({@code stream}).
     *
     * @param stream false for the end alone
     * @return a new request
     */
    public PullRequest stream(boolean stream) {
        return with("stream", stream);
    }
}
