// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import tools.jackson.databind.JsonNode;

/**
 * Two different values for a message, each shortened to about 200 characters around the first difference.
 *
 * @param expected the expected value
 * @param actual the value found
 */
public record JsonExcerpts(String expected, String actual) {

    private static final int MAX_LENGTH = 200;
    private static final int BEFORE_DIFFERENCE = 60;

    public static JsonExcerpts of(JsonNode expected, JsonNode actual) {
        return of(text(expected), text(actual));
    }

    public static JsonExcerpts of(String expected, String actual) {
        int from = 0;
        if (Math.max(expected.length(), actual.length()) > MAX_LENGTH) {
            int shorter = Math.min(expected.length(), actual.length());
            int difference = 0;
            while (difference < shorter && expected.charAt(difference) == actual.charAt(difference)) {
                difference++;
            }
            from = difference + BEFORE_DIFFERENCE < MAX_LENGTH ? 0 : difference - BEFORE_DIFFERENCE;
        }
        return new JsonExcerpts(part(expected, from), part(actual, from));
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }

    private static String part(String text, int from) {
        int start = from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        int end = Math.min(text.length(), start + MAX_LENGTH);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
    }
}
