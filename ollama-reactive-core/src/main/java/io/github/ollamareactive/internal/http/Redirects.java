// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * Which redirects are followed, and what goes along. Reactor Netty would send a POST again after 301 and 302, and takes only the
 * standard credentials off where the host changes; here all headers that were configured stay behind.
 */
final class Redirects {
    private Redirects() {}

    static HttpClient follow(
            HttpClient http, HttpExchange.Settings settings, @Nullable Content content, Set<String> more) {
        String home = origin(settings.baseUrl());
        return http.followRedirect(
                (request, response) -> switch (response.status().code()) {
                    case 307, 308 -> content == null || content.repeatable();
                    case 301, 302, 303 -> content == null;
                    default -> false;
                },
                request -> {
                    String url = request.resourceUrl();
                    if (url == null || !origin(url).equals(home)) {
                        HttpHeaders headers = request.requestHeaders();
                        settings.headers().keySet().forEach(headers::remove);
                        more.forEach(headers::remove);
                    }
                });
    }

    /** Scheme, host and port, the port written out. By hand, since {@code java.net.URI} knows no host with an underscore. */
    static String origin(String url) {
        int host = url.indexOf("://") + 3;
        int path = url.indexOf('/', host);
        String origin = (path < 0 ? url : url.substring(0, path)).toLowerCase(Locale.ROOT);
        if (origin.matches(".*:[0-9]+")) {
            return origin;
        }
        return origin + (origin.startsWith("https:") ? ":443" : ":80");
    }
}
