// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table that users go by. */
final class ThroughputTest {
    @ParameterizedTest
    @CsvSource({
        "0, TOO_SLOW, too slow for most uses",
        "4.99, TOO_SLOW, too slow for most uses",
        "5, BACKGROUND, enough for background summarization",
        "14.99, BACKGROUND, enough for background summarization",
        "15, CHAT, enough for interactive chat",
        "49.9, CHAT, enough for interactive chat",
        "50, COMPLETION, enough for code completion",
        "900, COMPLETION, enough for code completion",
    })
    void aSpeedInWords(double tokensPerSecond, Throughput throughput, String words) {
        assertThat(Throughput.of(tokensPerSecond)).isEqualTo(throughput);
        assertThat(throughput.words()).isEqualTo(words);
        assertThat(throughput.from()).isLessThanOrEqualTo(tokensPerSecond);
    }

    @Test
    void whatIsNoSpeedIsRefused() {
        assertThatThrownBy(() -> Throughput.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Throughput.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
