// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.JsonPaths;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request as the server received it. Of a body over 128 MiB the first 128 MiB are kept, of an uploaded blob the first
 * 16 MiB.
 */
public final class ReceivedRequest {

    private final Route route;
    private final Map<String, List<String>> headers;
    private final Bytes content;
    private final Instant receivedAt;

    /**
     * A request.
     *
     * @param method the HTTP method
     * @param path the path with its query
     * @param headers the headers; copied
     * @param body the body; copied
     */
    public ReceivedRequest(String method, String path, Map<String, List<String>> headers, byte[] body) {
        this(new Route(method, path), Headers.copyOf(headers), Bytes.of(requireNonNull(body, "body")), Instant.now());
    }

    ReceivedRequest(Route route, Map<String, List<String>> headers, Bytes content, Instant receivedAt) {
        this.route = route;
        this.headers = headers;
        this.content = content;
        this.receivedAt = receivedAt;
    }

    /**
     * The HTTP method.
     *
     * @return such as {@code POST}
     */
    public String method() {
        return route.method();
    }

    /**
     * The path.
     *
     * @return the path with its query, as sent
     */
    public String path() {
        return route.path();
    }

    /**
     * When the request was received. The times of one server's requests are those of its own clock, which is set to the system's
     * time when the server starts and never goes backwards: virtual time and changes of the system's time do not matter.
     *
     * @return when the request's head had been read
     */
    public Instant receivedAt() {
        return receivedAt;
    }

    /**
     * The headers.
     *
     * @return the headers, in the order and spelling in which they were sent
     */
    public Map<String, List<String>> headers() {
        return headers;
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
     * @return the body decoded as UTF-8; empty when the request had none
     */
    public String body() {
        return content.text();
    }

    /**
     * The body as bytes.
     *
     * @return a copy of the body; empty when the request had none
     */
    public byte[] bodyBytes() {
        return content.toArray();
    }

    /**
     * The length of the body.
     *
     * @return the number of bytes received, including those of a long body that were not kept
     */
    public long bodyLength() {
        return content.total();
    }

    /**
     * The digest of the body.
     *
     * @return {@code sha256:} and 64 hexadecimal digits, computed of all bytes received, including those that were not kept
     */
    public String bodyDigest() {
        return "sha256:" + content.digest();
    }

    /**
     * A value in the body, read as JSON.
     *
     * @param name the name of a top-level field, or a JSON pointer: {@code /options/seed}, {@code /messages/0/content}
     * @return a {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal},
     *     {@code List} or {@code Map}; empty when the body is not JSON or the value is absent or null
     */
    public Optional<Object> json(String name) {
        JsonNode value = jsonBody().at(JsonPaths.pointer(name));
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(WireJson.JSON.convertValue(value, Object.class));
    }

    /** The body as JSON; a missing node when it is not JSON. */
    JsonNode jsonBody() {
        return WireJson.parse(content.text());
    }

    Route route() {
        return route;
    }

    Bytes content() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReceivedRequest that
                && route.equals(that.route)
                && headers.equals(that.headers)
                && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(route, headers, content);
    }

    @Override
    public String toString() {
        return route.toString();
    }
}
