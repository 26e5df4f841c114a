// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, PT0.3S",
        "1.5s, PT1.5S",
        "2h45m, PT2H45M",
        "30, PT30S",
        "0.25, PT0.25S",
        "0, PT0S",
        "-1, PT-1S",
        "-1.5h, PT-1H-30M",
        "+5s, PT5S",
        "1us, PT0.000001S",
        "1µs, PT0.000001S",
        "7ns, PT0.000000007S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "1m1m, PT2M",
    })
    void validDurationIsParsed(String text, Duration duration) {
        assertThat(DurationConverter.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "s",
                ".s",
                "5d",
                "1h ",
                "1 h",
                "1h30",
                "five",
                "1e3s",
                "--1s",
                "NaN",
                "1,5s",
                "10000000h"
            })
    void invalidDurationIsRejected(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> DurationConverter.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}
