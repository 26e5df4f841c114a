// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status and headers of an answer, and how long after the request they were recorded. No reason: the usual one. */
record ResponseHead(int status, @Nullable String reason, Map<String, List<String>> headers, Duration gap) {

    static ResponseHead of(int status) {
        return new ResponseHead(status, null, Map.of(), Duration.ZERO);
    }

    static ResponseHead of(Recording recording) {
        return new ResponseHead(recording.status(), recording.reason(), recording.headers(), recording.respondedAt());
    }

    ResponseHead with(int newStatus, @Nullable String newReason) {
        return new ResponseHead(newStatus, newReason, headers, gap);
    }

    ResponseHead with(String name, String value) {
        return new ResponseHead(status, reason, Headers.with(headers, name, value), gap);
    }

    ResponseHead without(String name) {
        return new ResponseHead(status, reason, Headers.without(headers, name), gap);
    }

    @Nullable
    String header(String name) {
        return Headers.first(headers, name);
    }

    /** Whether HTTP allows no body here, whatever the request was. */
    boolean forbidsBody() {
        return status < 200 || status == 204 || status == 304;
    }
}
