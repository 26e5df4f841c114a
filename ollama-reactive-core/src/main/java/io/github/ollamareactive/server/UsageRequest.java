// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import static io.github.ollamareactive.protocol.Arguments.required;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/** Which usage of Ollama's cloud to report ({@code GET /api/usage}); the fields are sent as the parameters of the URL. */
public final class UsageRequest extends RequestFields<UsageRequest> {
    private UsageRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * The usage of the account itself in the server's default range, seven days.
     *
     * @return the request
     */
    public static UsageRequest create() {
        return new UsageRequest(JsonObject.EMPTY);
    }

    @Override
    protected UsageRequest copy(JsonObject fields) {
        return new UsageRequest(fields);
    }

    /**
     * How far back ({@code range}).
     *
     * @param range {@code 24h}, {@code 7d} or {@code 30d}
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public UsageRequest range(String range) {
        return with("range", required("range", range));
    }

    /**
     * Whose usage ({@code scope}).
     *
     * @param scope {@code self}, or {@code team} for the administrator of a team
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public UsageRequest scope(String scope) {
        return with("scope", required("scope", scope));
    }
}
