// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.leaks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Creates Netty's leak detectors and records what they report. */
final class LeakRecorder extends ResourceLeakDetectorFactory {

    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> leaks = new CopyOnWriteArrayList<>();

    @Override
    @SuppressWarnings("deprecation") // abstract there, so it has to be here
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
            Class<T> resource, int samplingInterval, long maxActive) {
        return newResourceLeakDetector(resource, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
        return new ResourceLeakDetector<>(resource, samplingInterval) {
            @Override
            protected void reportTracedLeak(String resourceType, String records) {
                leaks.add(resourceType + records);
                super.reportTracedLeak(resourceType, records);
            }

            @Override
            protected void reportUntracedLeak(String resourceType) {
                leaks.add(resourceType);
                super.reportUntracedLeak(resourceType);
            }
        };
    }

    /** All leaks so far. Netty reports one at the first allocation after its buffer was garbage-collected: this forces both. */
    List<String> collect() {
        for (int round = 0; round < ROUNDS; round++) {
            awaitCollection();
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
        return List.copyOf(leaks);
    }

    private static void awaitCollection() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> garbage = new WeakReference<>(new Object(), collected);
        System.gc();
        try {
            if (collected.remove(PATIENCE.toMillis()) != garbage) {
                throw new IllegalStateException("nothing was collected in " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
