// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What all calls of a client share.
 *
 * @param baseUrl the server's base URL, without credentials or a slash at its end
 * @param target the same URL in the form that Reactor Netty takes
 * @param headers sent with every call
 * @param headerSource asked before every call for more headers, which win
 * @param connectTimeout the limit of connecting, which the HTTP client watches
 * @param firstEventTimeout the limit until the first bytes of an answer
 * @param idleTimeout the limit between later ones
 * @param totalTimeout the limit of a whole call; null for none
 * @param maxLineBytes the longest line, document or element of a list
 * @param maxErrorBodyBytes how much of an error's body is read
 * @param errorExcerptBytes how much of a malformed line an error shows
 * @param retries when a call is sent again
 * @param followRedirects whether redirects are followed
 * @param hooks who watches responses
 */
public record HttpSettings(
        String baseUrl,
        String target,
        Map<String, String> headers,
        Mono<Map<String, String>> headerSource,
        Duration connectTimeout,
        Duration firstEventTimeout,
        Duration idleTimeout,
        @Nullable Duration totalTimeout,
        int maxLineBytes,
        int maxErrorBodyBytes,
        int errorExcerptBytes,
        Retries retries,
        boolean followRedirects,
        ResponseHooks hooks) {
    /** Shows no headers: they may hold credentials. */
    @Override
    public String toString() {
        return "HttpSettings[" + baseUrl + "]";
    }
}
