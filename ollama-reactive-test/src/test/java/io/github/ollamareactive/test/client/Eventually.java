// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for a condition that other threads bring about, in real time and with a time limit. */
public final class Eventually {

    private static final long PATIENCE_NANOS = MILLISECONDS.toNanos(RawClient.PATIENCE_MILLIS);
    private static final long POLL_NANOS = MILLISECONDS.toNanos(1);
    private static final long STILL_NANOS = MILLISECONDS.toNanos(300);

    private Eventually() {}

    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("did not happen in time: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits until a number has grown and then not changed for a while; gives the number. */
    public static long untilStandingStill(LongSupplier number) {
        long[] seen = {0, System.nanoTime()};
        until("the number does not change", () -> {
            long now = number.getAsLong();
            if (now == 0 || now != seen[0]) {
                seen[0] = now;
                seen[1] = System.nanoTime();
            }
            return System.nanoTime() - seen[1] > STILL_NANOS;
        });
        return seen[0];
    }
}
