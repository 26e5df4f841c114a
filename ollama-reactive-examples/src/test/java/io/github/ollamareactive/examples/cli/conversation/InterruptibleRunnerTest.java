// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InterruptibleRunnerTest {
    private final InterruptibleRunner runner = new InterruptibleRunner();

    @Test
    void interruptEndsTheTaskAndIsCleared() {
        boolean stopped = runner.run(() -> {
            runner.interrupt();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            throw new IllegalStateException("interrupted");
        });
        assertThat(stopped).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void lateInterruptHasNoEffect() {
        assertThat(runner.run(runner::interrupt)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        runner.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void otherFailuresAndInterruptsAreKept() {
        assertThatThrownBy(() -> runner.run(() -> {
                    throw new IllegalStateException("other");
                }))
                .hasMessage("other");
        // An interrupt from elsewhere ends the program, so it must not be cleared.
        boolean stopped = runner.run(() -> Thread.currentThread().interrupt());
        assertThat(stopped).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
