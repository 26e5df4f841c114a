// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/** Uploads a model to its registry: {@code POST /api/push}. */
public final class PushRequest extends RequestFields<PushRequest> {
    private PushRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Uploads a model to its registry.
     *
     * @param model the model's name
     * @return the request
     * @throws IllegalArgumentException when the model's name is empty
     */
    public static PushRequest of(String model) {
        return new PushRequest(JsonObject.EMPTY.with("model", required("model", model)));
    }

    @Override
    protected PushRequest copy(JsonObject fields) {
        return new PushRequest(fields);
    }

    /**
     * Whether the server talks plain http to the registry ({@code insecure}).
     *
     * @param insecure true for plain http
     * @return a new request
     */
    public PushRequest insecure(boolean insecure) {
        return with("insecure", insecure);
    }

    /**
     * Whether progress is reported; unset, it is ({@code stream}).
     *
     * @param stream false for the end alone
     * @return a new request
     */
    public PushRequest stream(boolean stream) {
        return with("stream", stream);
    }
}
