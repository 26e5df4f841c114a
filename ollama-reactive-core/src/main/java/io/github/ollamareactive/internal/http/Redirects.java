// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Which redirects are followed, and what goes along. Reactor Netty would send a POST again after 301 and 302, and takes only the
 * standard credentials off where the host changes; here all headers that were configured stay behind.
 */
final class Redirects {
    private Redirects() {}

    static HttpClient follow(HttpClient http, HttpSettings settings, @Nullable Content content, Set<String> more) {
        String home = origin(settings.baseUrl());
        return http.followRedirect(
                (request, response) -> switch (response.status().code()) {
                    case 307, 308 -> (content == null || content.repeatable()) && !isLoop(response);
                    case 301, 302, 303 -> content == null && !isLoop(response);
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

    /** Where an answer redirects to, in words that follow its status; nothing where it doesn't. */
    static String words(HttpClientResponse response) {
        String target = target(response);
        if (target == null) {
            return "";
        }
        int followed = response.redirectedFrom().length;
        return ", redirects " + (isLoop(response) ? "in a loop to " : "to ") + target.replaceFirst("//[^/?#]*@", "//")
                + (followed == 0 ? "" : " after " + followed + (followed == 1 ? " redirect" : " redirects"));
    }

    /** Whether an answer redirects to where the call has been. */
    private static boolean isLoop(HttpClientResponse response) {
        String target = target(response);
        return target != null
                && Stream.concat(Stream.of(response.redirectedFrom()), Stream.ofNullable(response.resourceUrl()))
                        .anyMatch(visited -> withPort(visited).equals(withPort(target)));
    }

    private static @Nullable String target(HttpClientResponse response) {
        String location = response.responseHeaders().get(HttpHeaderNames.LOCATION);
        if (location == null
                || response.status().code() < 300
                || response.status().code() > 399) {
            return null;
        }
        String url = response.resourceUrl();
        try {
            return url == null
                    ? location
                    : URI.create(url).resolve(location.strip()).toString();
        } catch (IllegalArgumentException e) {
            return location;
        }
    }

    private static String withPort(String url) {
        if (!url.contains("://")) {
            return url;
        }
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return origin(url) + (path < 0 ? "/" : url.substring(path));
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
