// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The characters of a field's last value, copied into the same array line after line. */
final class LastText {
    private char[] characters = new char[0];
    private int length = -1;

    void set(JsonParser p) {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            p.skipChildren();
            length = -1;
            return;
        }
        int size = p.getStringLength();
        if (size > characters.length) {
            characters = new char[size];
        }
        System.arraycopy(p.getStringCharacters(), p.getStringOffset(), characters, 0, size);
        length = size;
    }

    @Nullable
    String text() {
        return length <= 0 ? null : new String(characters, 0, length);
    }
}
