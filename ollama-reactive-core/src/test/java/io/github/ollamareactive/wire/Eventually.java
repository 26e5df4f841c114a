// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
public final class Eventually {
    private Eventually() {}

    /**
     * Waits until a condition is true, and fails when it isn't in the end.
     *
     * @param what what is waited for
     * @param condition looked at every millisecond
     */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > CallResult.LIMIT.toNanos()) {
                throw new AssertionError("after " + CallResult.LIMIT + " still not true: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
