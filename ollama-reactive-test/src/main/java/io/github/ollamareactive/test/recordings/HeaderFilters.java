// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Which headers a proxy does not forward. */
final class HeaderFilters {

    private static final List<String> HOP_BY_HOP =
            List.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect", "host");

    private HeaderFilters() {}

    /** Without the headers that concern one connection only. */
    static Map<String, List<String>> withoutHopByHop(Map<String, List<String>> headers) {
        return without(headers, HOP_BY_HOP::contains);
    }

    private static Map<String, List<String>> without(
            Map<String, List<String>> headers, Predicate<String> lowerCaseName) {
        Map<String, List<String>> rest = new LinkedHashMap<>(headers);
        rest.keySet().removeIf(name -> lowerCaseName.test(name.toLowerCase(Locale.ROOT)));
        return Collections.unmodifiableMap(rest);
    }
}
