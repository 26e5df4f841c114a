// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparklineTest {
    private long nanos = 7;
    private final Sparkline line = new Sparkline(() -> nanos);

    private void tokens(int count, long millisEach) {
        for (int i = 0; i < count; i++) {
            line.token();
            nanos += millisEach * 1_000_000;
        }
    }

    @Test
    void steadyIsFlat() {
        tokens(10_000, 20);
        assertThat(line.toString()).matches("▇{16}");
    }

    @Test
    void slowerIsLower() {
        tokens(500, 10);
        tokens(125, 40);
        assertThat(line.toString()).matches("▇{5,9}[▂▃]?▂{5,10}");
    }

    @Test
    void pauseIsSeen() {
        tokens(100, 10);
        nanos += 1_000_000_000;
        tokens(100, 10);
        assertThat(line.toString()).matches("[▅▇]+[▂▃▅]?▁{3,}[▂▃▅]?[▅▇]+");
    }

    @Test
    void fewTokensShowNothing() {
        assertThat(line.toString()).isEmpty();
        tokens(1, 20);
        assertThat(line.toString()).isEmpty();
    }

    @Test
    void allAtOnceShowNothing() {
        tokens(100, 0);
        assertThat(line.toString()).isEmpty();
    }
}
