// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Makes strings that fit a JSON schema's {@code format}, {@code pattern}, {@code minLength} and {@code maxLength}. */
final class StringInstances {

    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "2026-01-0%d"),
            Map.entry("time", "12:00:0%dZ"),
            Map.entry("date-time", "2026-01-01T12:00:0%dZ"),
            Map.entry("duration", "P%dD"),
            Map.entry("uuid", "00000000-0000-4000-8000-00000000000%d"),
            Map.entry("email", "user%d@example.com"),
            Map.entry("hostname", "host%d.example.com"),
            Map.entry("ipv4", "192.0.2.%d"),
            Map.entry("ipv6", "2001:db8::%d"),
            Map.entry("uri", "https://example.com/%d"));

    private StringInstances() {}

    /**
     * A string.
     *
     * @param text what it is where it may be anything
     * @param index which one of several strings that are to differ
     */
    static String of(JsonNode schema, String text, int index) {
        String format = FORMATS.get(schema.path("format").asString(""));
        if (format != null) {
            return format.formatted(index % 9 + 1);
        }
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        String pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty()) {
            return matching(pattern, fitted(text, least, most), least, index);
        }
        return fitted(index == 0 ? text : index + " " + text, least, most);
    }

    private static String matching(String pattern, String text, int least, int index) {
        boolean fits = Pattern.compile(pattern).matcher(text).find();
        return fits && index == 0 ? text : PatternInstance.of(pattern, least, index);
    }

    static boolean isPattern(JsonNode pattern) {
        try {
            return pattern.isString() && Pattern.compile(pattern.asString()) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Lengths count code points. */
    private static String fitted(String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            return text.substring(0, text.offsetByCodePoints(0, most));
        }
        return length >= least ? text : text + "x".repeat(least - length);
    }
}
