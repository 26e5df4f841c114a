// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on header maps. A map keeps the order and spelling of the wire; look-ups ignore case. */
public final class Headers {

    /** The headers that concern one connection only, not the message. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect", "host");

    private Headers() {}

    public static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }

    /** Groups single header lines by name. */
    public static Map<String, List<String>> of(Iterable<Map.Entry<String, String>> entries) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : entries) {
            String known = nameIn(all, entry.getKey());
            all.computeIfAbsent(known == null ? entry.getKey() : known, name -> new ArrayList<>())
                    .add(entry.getValue());
        }
        return copyOf(all);
    }

    /** The first value of a header, null when it is absent. */
    public static @Nullable String first(Map<String, List<String>> headers, String name) {
        String known = nameIn(headers, name);
        return known == null
                ? null
                : headers.getOrDefault(known, List.of()).stream().findFirst().orElse(null);
    }

    /** A copy with this header set. A header of the same name keeps its position and takes the new spelling. */
    public static Map<String, List<String>> with(Map<String, List<String>> headers, String name, String value) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((other, values) -> {
            if (other.equalsIgnoreCase(name)) {
                copy.put(name, List.of(value));
            } else {
                copy.put(other, values);
            }
        });
        copy.putIfAbsent(name, List.of(value));
        return Collections.unmodifiableMap(copy);
    }

    /** A copy without this header. */
    public static Map<String, List<String>> without(Map<String, List<String>> headers, String name) {
        Map<String, List<String>> copy = new LinkedHashMap<>(headers);
        copy.keySet().removeIf(name::equalsIgnoreCase);
        return Collections.unmodifiableMap(copy);
    }

    /** A copy without the headers that a proxy does not pass on. Those of the body's framing stay. */
    public static Map<String, List<String>> endToEnd(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>(headers);
        copy.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable String nameIn(Map<String, List<String>> headers, String name) {
        return headers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
    }
}
