// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparklineTest {
    private long nanos = 7;
    private final Sparkline sparkline = new Sparkline(() -> nanos);

    private void recordTokens(int count, long millisEach) {
        for (int i = 0; i < count; i++) {
            sparkline.recordToken();
            nanos += millisEach * 1_000_000;
        }
    }

    @Test
    void constantRateIsFlat() {
        recordTokens(10_000, 20);
        assertThat(sparkline.toString()).matches("▇{16}");
    }

    @Test
    void lowerRateIsLower() {
        recordTokens(500, 10);
        recordTokens(125, 40);
        assertThat(sparkline.toString()).matches("▇{5,9}[▂▃]?▂{5,10}");
    }

    @Test
    void pauseIsVisible() {
        recordTokens(100, 10);
        nanos += 1_000_000_000;
        recordTokens(100, 10);
        assertThat(sparkline.toString()).matches("[▅▇]+[▂▃▅]?▁{3,}[▂▃▅]?[▅▇]+");
    }

    @Test
    void fewTokensGiveNoDrawing() {
        assertThat(sparkline.toString()).isEmpty();
        recordTokens(1, 20);
        assertThat(sparkline.toString()).isEmpty();
    }

    @Test
    void simultaneousTokensGiveNoDrawing() {
        recordTokens(100, 0);
        assertThat(sparkline.toString()).isEmpty();
    }
}
