// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import java.time.Instant;

/** The time of day at the start, and the time that has passed since, which is monotonic. */
public final class ServerClock {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    public Instant now() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
