// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import io.github.ollamareactive.test.internal.http.Headers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status and headers.
 *
 * @param status the status code
 * @param reason the reason phrase; null for the usual one
 * @param headers the headers
 * @param gap the recorded time since the request
 */
public record ResponseHead(int status, @Nullable String reason, Map<String, List<String>> headers, Duration gap) {

    private static final String DATE = "Date";

    public static ResponseHead of(int status) {
        return new ResponseHead(status, null, Map.of(), Duration.ZERO);
    }

    public ResponseHead with(int newStatus, @Nullable String newReason) {
        return new ResponseHead(newStatus, newReason, headers, gap);
    }

    public ResponseHead with(String name, String value) {
        return new ResponseHead(status, reason, Headers.with(headers, name, value), gap);
    }

    ResponseHead without(String name) {
        return new ResponseHead(status, reason, Headers.without(headers, name), gap);
    }

    /** With the {@code Date} of now, which every Ollama sends, unless there is one. */
    public ResponseHead dated() {
        return header(DATE) != null
                ? this
                : with(DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }

    public @Nullable String header(String name) {
        return Headers.first(headers, name);
    }

    /** Whether HTTP forbids a body with this status, for every request method. */
    public boolean forbidsBody() {
        return status < 200 || status == 204 || status == 304;
    }
}
