// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * How long a text may wait to be emitted.
 *
 * @param limit how long
 * @param scheduler whose time it is
 */
public record TimeLimit(Duration limit, Scheduler scheduler) {
    public Clock start(Runnable wake) {
        return new Clock(nanos(limit), scheduler, wake);
    }

    /** A time in nanoseconds; one that doesn't fit, as "for ever" is written, is the longest that can be added to a clock's time. */
    public static long nanos(Duration time) {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        return (time.compareTo(longest) > 0 ? longest : time).toNanos();
    }

    /**
     * The clock of one subscription. One task at most is scheduled, and looks when it runs whether the time was meant for the text
     * that waits now; so a fast stream costs no task for each piece. All but {@link #run} belongs to the draining thread.
     */
    public static final class Clock implements Runnable {
        private final long limit;
        private final Scheduler scheduler;
        private final Runnable wake;
        private boolean waiting;
        private boolean over;
        private long latest;
        private long deadline;
        private volatile boolean scheduled;
        private @Nullable Disposable task;

        Clock(long limit, Scheduler scheduler, Runnable wake) {
            this.limit = limit;
            this.scheduler = scheduler;
            this.wake = wake;
        }

        private long now() {
            return scheduler.now(TimeUnit.NANOSECONDS);
        }

        /** Text has come. */
        public void arrived() {
            latest = now();
            if (!waiting) {
                waiting = true;
                deadline = latest + limit;
            }
        }

        /** Whether the text at hand, of which nothing is certain, has waited long enough. */
        public boolean isOver() {
            over = waiting && now() - deadline >= 0;
            return over;
        }

        /** A segment was taken, or none was certain: what is left waits from its own arrival on. */
        public void settle(boolean taken, boolean empty) {
            if (taken) {
                waiting = !empty;
                deadline = latest + limit;
            } else if (waiting) {
                if (over) {
                    waiting = false; // only a character is left that may yet grow
                } else if (!scheduled) {
                    scheduled = true;
                    task = scheduler.schedule(this, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
                }
            }
        }

        @Override
        public void run() {
            scheduled = false;
            wake.run();
        }

        public void stop() {
            waiting = false;
            if (task != null) {
                task.dispose();
            }
        }
    }
}
