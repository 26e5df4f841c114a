// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The field {@code created_at}: a time of constant length, so that a line may get its own when it is due. */
public final class CreatedAt {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String FIELD = "\"created_at\":\"";

    private CreatedAt() {}

    public static String text(Instant time) {
        return FORMAT.format(time);
    }

    static byte[] bytes(Instant time) {
        return text(time).getBytes(US_ASCII);
    }

    /** The index of the first byte of the time in a document; the field's quotation marks can't stand inside of a text. */
    static int indexIn(String document) {
        int field = document.indexOf(FIELD);
        return field < 0 ? -1 : document.substring(0, field + FIELD.length()).getBytes(UTF_8).length;
    }
}
