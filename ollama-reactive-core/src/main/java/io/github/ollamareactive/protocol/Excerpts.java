// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.util.Map;

/** Text for messages and logs: printable, and of JSON no more than a person reads. */
public final class Excerpts {
    private static final int TEXT = 200;
    private static final int DOCUMENT = 2_000;

    private Excerpts() {}

    /**
     * Replaces what a terminal or a log would obey instead of showing it. Line ends and tabs become spaces; other control
     * characters, the characters that change the direction of text, byte order marks and halves of surrogate pairs become
     * escapes such as {@code \u001B}.
     *
     * @param text the text
     * @return the text, the same when there is nothing to replace
     */
    public static String printable(String text) {
        if (text.codePoints().allMatch(Excerpts::isPrintable)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029) {
                out.append(' ');
            } else {
                out.append(String.format("\\u%04X", c));
            }
        });
        return out.toString();
    }

    private static boolean isPrintable(int c) {
        if (c < 0x80) {
            return c >= ' ' && c != 0x7F;
        }
        return c >= 0xA0
                && (c < 0xD800 || c > 0xDFFF)
                && (c < 0x2028 || c > 0x202E)
                && (c < 0x2066 || c > 0x2069)
                && c != 0xFEFF;
    }

    /**
     * Shortens a document.
     *
     * @param document the document
     * @return its JSON text when it is short; else long texts, lists and objects are cut, with the number of what is left out
     */
    public static String of(JsonValue document) {
        StringBuilder out = new StringBuilder();
        append(document, out);
        return out.toString();
    }

    private static void append(JsonValue value, StringBuilder out) {
        if (value instanceof JsonObject object) {
            append(object, out);
        } else if (value instanceof JsonArray array) {
            append(array, out);
        } else if (value instanceof JsonString string) {
            append(string.value(), out);
        } else {
            String literal = value.toString();
            out.append(literal, 0, Math.min(literal.length(), TEXT));
            appendRest(literal.length() - TEXT, " more digits", out);
        }
    }

    private static void append(JsonObject object, StringBuilder out) {
        String separator = "";
        int left = object.fields().size();
        out.append('{');
        for (Map.Entry<String, JsonValue> field : object.fields().entrySet()) {
            if (out.length() >= DOCUMENT) {
                appendRest(left, " more fields", out);
                break;
            }
            append(field.getKey(), out.append(separator));
            append(field.getValue(), out.append(':'));
            separator = ",";
            left--;
        }
        out.append('}');
    }

    private static void append(JsonArray array, StringBuilder out) {
        String separator = "";
        int left = array.items().size();
        out.append('[');
        for (JsonValue item : array.items()) {
            if (out.length() >= DOCUMENT) {
                appendRest(left, " more items", out);
                break;
            }
            append(item, out.append(separator));
            separator = ",";
            left--;
        }
        out.append(']');
    }

    private static void append(String text, StringBuilder out) {
        int end = Math.min(text.length(), TEXT);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        out.append(printable(new JsonString(text.substring(0, end)).toString()));
        appendRest(text.length() - end, " more characters", out);
    }

    private static void appendRest(int count, String unit, StringBuilder out) {
        if (count > 0) {
            out.append("…(").append(count).append(unit).append(')');
        }
    }
}
