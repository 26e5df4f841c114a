// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request as the server received it, with its body; see {@link Bytes#total()} for very long ones.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param path the path with the query, as sent
 * @param headers the headers, in the order and the spelling in which they came
 * @param content the body's bytes; none where the request had no body
 */
public record ReceivedRequest(String method, String path, Map<String, List<String>> headers, Bytes content) {

    /**
     * A request.
     *
     * @param method the HTTP method
     * @param path the path with the query
     * @param headers the headers; copied
     * @param content the body's bytes
     */
    public ReceivedRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(content, "content");
        headers = Headers.copyOf(headers);
    }

    /**
     * The first value of a header.
     *
     * @param name the header's name, in any case
     * @return the value, empty when the header was absent
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(Headers.first(headers, name));
    }

    /**
     * The body as text.
     *
     * @return the body read as UTF-8; empty where the request had none
     */
    public String body() {
        return content.text();
    }

    /**
     * The body as bytes.
     *
     * @return a copy of the body's bytes
     */
    public byte[] bodyBytes() {
        return content.toArray();
    }

    /**
     * A value in the body, read as JSON.
     *
     * @param name a field's name, or where it is, as a JSON pointer: {@code /options/seed}, {@code /messages/0/content}
     * @return a {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal},
     *     {@code List} or {@code Map}; empty where the body is no JSON, the place is not there, or null is
     */
    public Optional<Object> json(String name) {
        JsonNode value = WireJson.bodyOf(this).at(RequestCondition.pointer(name));
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(WireJson.JSON.convertValue(value, Object.class));
    }
}
