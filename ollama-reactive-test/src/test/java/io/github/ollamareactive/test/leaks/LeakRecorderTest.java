// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.leaks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

class LeakRecorderTest {

    @Test
    void reportsWhatWasCollectedUnreleasedAndNothingElse() {
        LeakRecorder recorder = new LeakRecorder();
        ResourceLeakDetector<Object> detector = recorder.newResourceLeakDetector(Object.class, 1);
        Object held = new Object();
        requireNonNull(detector.track(held)).close(held);
        assertThat(recorder.collect()).isEmpty();

        requireNonNull(detector.track(new Object())).record("planted by the test of the leak check");
        recorder.collect();
        requireNonNull(detector.track(held)).close(held);

        assertThat(recorder.collect()).singleElement().asString().contains("planted by the test");
    }
}
