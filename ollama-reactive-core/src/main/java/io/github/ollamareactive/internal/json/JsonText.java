// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;

/**
 * Prints a value without white space. Half of a surrogate pair is escaped, since no encoding holds it: so the text is the
 * same document once it is encoded.
 */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String of(JsonValue value) {
        JsonText text = new JsonText();
        text.write(value);
        return text.out.toString();
    }

    private void write(JsonValue value) {
        if (value instanceof JsonObject object) {
            String before = "{";
            for (var field : object.fields().entrySet()) {
                out.append(before);
                quote(field.getKey());
                out.append(':');
                write(field.getValue());
                before = ",";
            }
            out.append(object.fields().isEmpty() ? "{}" : "}");
        } else if (value instanceof JsonArray array) {
            String before = "[";
            for (JsonValue item : array.items()) {
                out.append(before);
                write(item);
                before = ",";
            }
            out.append(array.items().isEmpty() ? "[]" : "]");
        } else if (value instanceof JsonString string) {
            quote(string.value());
        } else {
            out.append(value); // numbers, booleans and null print themselves
        }
    }

    private void quote(String text) {
        out.append('"');
        int written = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                out.append(text, written, i);
                escape(c);
                written = i + 1;
            }
        }
        out.append(text, written, length).append('"');
    }

    private void escape(char c) {
        int at = "\"\\\b\f\n\r\t".indexOf(c);
        if (at >= 0) {
            out.append('\\').append("\"\\bfnrt".charAt(at));
        } else {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(HEX.charAt(c >> shift & 0xF));
            }
        }
    }
}
