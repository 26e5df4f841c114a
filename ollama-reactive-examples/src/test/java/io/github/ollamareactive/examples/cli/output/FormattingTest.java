// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of sizes, parameter counts and relative times match those of the {@code ollama} program. */
class FormattingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 KB",
        "1500, 1.5 KB",
        "9999, 10.0 KB",
        "397821319, 397 MB",
        "2019393189, 2.0 GB",
        "2000000000, 2 GB",
        "43000000000, 43 GB",
        "1200000000000, 1.2 TB",
        "5000000000000000, 5000 TB",
    })
    void byteSize(long bytes, String expected) {
        assertThat(ByteSizes.format(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "999, 999",
        "1500, 2K",
        "7000000, 7M",
        "133700000, 133.70M",
        "7000000000, 7B",
        "8030261248, 8.0B",
    })
    void parameterCount(long count, String expected) {
        assertThat(ParameterCounts.format(count)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S, Less than a second ago",
        "PT1S, 1 second ago",
        "PT59S, 59 seconds ago",
        "PT1M59S, About a minute ago",
        "PT59M59S, 59 minutes ago",
        "PT1H29M, About an hour ago",
        "PT1H30M, 2 hours ago",
        "PT47H, 47 hours ago",
        "PT48H, 2 days ago",
        "P13D, 13 days ago",
        "P14D, 2 weeks ago",
        "P60D, 2 months ago",
        "P729D, 24 months ago",
        "P800D, 2 years ago",
        "PT-4M-30S, 4 minutes from now",
        "P-7664D, 20 years from now",
        "P-7665D, Forever",
        "P-100000D, Forever",
    })
    void relativeTime(Duration age, String expected) {
        assertThat(RelativeTime.format(age)).isEqualTo(expected);
    }
}
