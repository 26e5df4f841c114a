// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Header maps: order and spelling as on the wire, looked up whatever the case. */
final class Headers {

    private Headers() {}

    static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }

    static Map<String, List<String>> of(Iterable<Map.Entry<String, String>> entries) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : entries) {
            String known = nameIn(all, entry.getKey());
            all.computeIfAbsent(known == null ? entry.getKey() : known, name -> new ArrayList<>())
                    .add(entry.getValue());
        }
        return copyOf(all);
    }

    /** The first value of a header, null when it is absent. */
    static @Nullable String first(Map<String, List<String>> headers, String name) {
        String known = nameIn(headers, name);
        return known == null
                ? null
                : headers.getOrDefault(known, List.of()).stream().findFirst().orElse(null);
    }

    /** The same headers with this one set, in the place of its namesake where there is one. */
    static Map<String, List<String>> with(Map<String, List<String>> headers, String name, String value) {
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

    static Map<String, List<String>> without(Map<String, List<String>> headers, String name) {
        Map<String, List<String>> copy = new LinkedHashMap<>(headers);
        copy.keySet().removeIf(name::equalsIgnoreCase);
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable String nameIn(Map<String, List<String>> headers, String name) {
        return headers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
    }
}
