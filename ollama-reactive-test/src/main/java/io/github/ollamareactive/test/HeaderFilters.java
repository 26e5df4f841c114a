// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which headers a recording must not have, and which are between two neighbours and no further. */
final class HeaderFilters {

    private static final List<String> SECRETS = List.of(
            "authorization",
            "cookie",
            "token",
            "secret",
            "api-key",
            "apikey",
            "password",
            "credential",
            "session",
            "signature",
            "x-auth");
    private static final List<String> HOP_BY_HOP =
            List.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect", "host");

    private HeaderFilters() {}

    static Map<String, List<String>> leftOut(Map<String, List<String>> headers) {
        Map<String, List<String>> rest = new LinkedHashMap<>(headers);
        rest.keySet().removeIf(HeaderFilters::isSecret);
        return rest;
    }

    static boolean isSecret(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return SECRETS.stream().anyMatch(name::contains);
    }

    static boolean isHopByHop(String header) {
        return HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }
}
