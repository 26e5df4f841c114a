// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import static io.github.ollamareactive.protocol.Arguments.required;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.RequestFields;

/** A request to search the web through Ollama's cloud. */
public final class WebSearchRequest extends RequestFields<WebSearchRequest> {
    private WebSearchRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param query the search query
     * @return the request
     * @throws IllegalArgumentException when it is empty
     */
    public static WebSearchRequest of(String query) {
        return new WebSearchRequest(JsonObject.EMPTY.with("query", required("query", query)));
    }

    @Override
    protected WebSearchRequest copy(JsonObject fields) {
        return new WebSearchRequest(fields);
    }

    /**
     * The maximum number of results ({@code max_results}). The cloud's default: 5.
     *
     * @param maxResults 1 to 10
     * @return a new request
     */
    public WebSearchRequest maxResults(int maxResults) {
        return with("max_results", maxResults);
    }
}
