// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response, for request ids, rate limits and whatever else a router or the cloud adds.
 *
 * @param endpoint the method and the path of the call, as {@code POST /api/chat}
 * @param status the status code
 * @param headers the headers, whose names are looked up in any case; they may hold credentials, such as cookies
 */
public record ResponseHead(String endpoint, int status, Map<String, List<String>> headers) {
    /**
     * Copies the headers.
     *
     * @param endpoint see the record
     * @param status see the record
     * @param headers see the record
     */
    public ResponseHead {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Looks up a header.
     *
     * @param name its name, in any case
     * @return its first value; null when the response has no such header
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** {@return the endpoint and the status, without the headers} */
    @Override
    public String toString() {
        return "ResponseHead[" + endpoint + ": " + status + "]";
    }
}
