// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.ClientClock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** Watches one subscription to a generation. */
final class Measurement {
    private final ClientClock clock = new ClientClock(now());
    private @Nullable Done done;

    /** The scheduler's clock, so that virtual time counts in tests. */
    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }

    void event(GenerationEvent event) {
        if (event instanceof Token token) {
            clock.event(now(), token.text().length(), true);
        } else if (event instanceof Thinking thinking) {
            clock.event(now(), thinking.text().length(), false);
        } else {
            clock.event(now(), 0, false);
        }
        if (event instanceof Done last) {
            done = last;
        }
    }

    /** The numbers when the stream has ended by itself. */
    Summary summary() {
        String reason = done == null ? null : done.reason();
        return summary(reason == null ? Summary.UNKNOWN : reason);
    }

    Summary summary(String reason) {
        return new Summary(reason, done == null ? GenerationStats.NONE : done.stats(), clock.stats(now()));
    }
}
