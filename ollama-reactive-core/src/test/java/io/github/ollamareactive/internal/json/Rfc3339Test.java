// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as the server writes them, against the JDK's own parser. */
final class Rfc3339Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T08:37:21.983735218Z",
                "2026-11-23T08:37:21Z",
                "2026-11-23T08:37:21.1Z",
                "2026-11-23T08:37:21.1234567+08:00",
                "2026-11-23T08:37:21-03:30",
                "0001-01-01T00:00:00Z",
                "2318-12-31T23:59:59.999999999+14:00",
                "2024-02-29T00:00:00.000000001Z",
                "2026-11-23T08:37Z",
                "+12026-11-23T08:37:21Z"
            })
    void readsWhatTheJdkReads(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(OffsetDateTime.parse(text));
    }

    @Test
    void readsAnyTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            OffsetDateTime time = OffsetDateTime.of(
                    1 + random.nextInt(9998),
                    1 + random.nextInt(12),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(60),
                    random.nextInt(1_000_000_000),
                    ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60) - 18 * 60) * 60));
            String text = time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            assertThat(Rfc3339.parse(text)).as("%s, seed %d", text, seed).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-23T08:37:21",
                "2026-11-23T25:00:00Z",
                "2026-11-23T08:37:21.Zx",
                "2026-11-23T08:37:2aZ",
                "2026-11-23T08:37:21+99:00"
            })
    void whatIsNoTimeIsNull(String text) {
        assertThat(Rfc3339.parse(text)).isNull();
    }
}
