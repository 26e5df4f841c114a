// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InterruptibleRunnerTest {
    private final InterruptibleRunner interruption = new InterruptibleRunner();

    @Test
    void workIsInterruptedAndWhatFollowsIsNot() {
        boolean stopped = interruption.during(() -> {
            interruption.interrupt();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            throw new IllegalStateException("interrupted");
        });
        assertThat(stopped).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void tooLateForTheWorkIsForgotten() {
        assertThat(interruption.during(interruption::interrupt)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        interruption.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void otherFailuresPass() {
        assertThatThrownBy(() -> interruption.during(() -> {
                    throw new IllegalStateException("other");
                }))
                .hasMessage("other");
        // An interrupt from elsewhere is the program's end, and stays.
        boolean stopped = interruption.during(() -> Thread.currentThread().interrupt());
        assertThat(stopped).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
