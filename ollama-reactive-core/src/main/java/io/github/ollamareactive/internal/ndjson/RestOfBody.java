// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * What follows the end of an answer: read so that the connection can be reused, up to a number of bytes and a time. Beyond them
 * closing the connection is cheaper.
 */
final class RestOfBody {
    private static final int BYTES = 16 * 1024;
    private static final Duration TIME = Duration.ofMillis(500);

    private final Runnable wake;
    private volatile boolean late;
    private int bytes;
    private @Nullable Disposable timer;

    /** @param wake called when the time is over, by another thread */
    RestOfBody(Runnable wake) {
        this.wake = wake;
    }

    void read(int length) {
        bytes += length;
    }

    /** Whether the limits are passed. The time begins with the first call. */
    boolean isTooMuch() {
        if (timer == null) {
            try {
                timer = Schedulers.parallel().schedule(this::expire, TIME.toMillis(), TimeUnit.MILLISECONDS);
            } catch (Throwable e) {
                return true; // Reactor's schedulers are shut down, or there is no thread: nothing would end the wait.
            }
        }
        return late || bytes > BYTES;
    }

    private void expire() {
        late = true;
        wake.run();
    }

    void stop() {
        if (timer != null) {
            timer.dispose();
        }
    }
}
