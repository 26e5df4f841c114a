// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as the server writes them: {@code 2026-11-23T08:37:21.983735218Z}, with 0 to 9 digits of a second and any
 * offset. The JDK's parser takes more time and memory than all the rest of a line; it is still asked when the text has
 * another form.
 */
public final class Rfc3339 {
    private Rfc3339() {}

    /**
     * Parses a time.
     *
     * @param text the text
     * @return the time; null when the text is none
     */
    public static @Nullable OffsetDateTime parse(CharSequence text) {
        try {
            int length = text.length();
            if (length >= 20
                    && is(text, 4, '-')
                    && is(text, 7, '-')
                    && (is(text, 10, 'T') || is(text, 10, 't') || is(text, 10, ' '))
                    && is(text, 13, ':')
                    && is(text, 16, ':')) {
                int at = 19;
                int nanos = 0;
                if (is(text, at, '.')) {
                    int scale = 1_000_000_000;
                    for (at++; at < length && Character.isDigit(text.charAt(at)) && scale > 1; at++) {
                        scale /= 10;
                        nanos += digit(text, at) * scale;
                    }
                }
                ZoneOffset offset = offset(text, at);
                if (offset != null) {
                    return OffsetDateTime.of(
                            LocalDateTime.of(
                                    number(text, 0, 4),
                                    number(text, 5, 2),
                                    number(text, 8, 2),
                                    number(text, 11, 2),
                                    number(text, 14, 2),
                                    number(text, 17, 2),
                                    nanos),
                            offset);
                }
            }
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable ZoneOffset offset(CharSequence text, int at) {
        int left = text.length() - at;
        if (left == 1 && (is(text, at, 'Z') || is(text, at, 'z'))) {
            return ZoneOffset.UTC;
        }
        if (left != 6 || !is(text, at + 3, ':') || (!is(text, at, '+') && !is(text, at, '-'))) {
            return null;
        }
        int seconds = number(text, at + 1, 2) * 3600 + number(text, at + 4, 2) * 60;
        return ZoneOffset.ofTotalSeconds(is(text, at, '-') ? -seconds : seconds);
    }

    private static boolean is(CharSequence text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static int number(CharSequence text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value * 10 + digit(text, i);
        }
        return value;
    }

    private static int digit(CharSequence text, int at) {
        int digit = text.charAt(at) - '0';
        if (digit < 0 || digit > 9) {
            throw new DateTimeException("no digit at " + at);
        }
        return digit;
    }
}
