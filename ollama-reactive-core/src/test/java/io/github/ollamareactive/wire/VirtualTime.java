// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The time of Reactor's timers, of the client's and of the test server's. It stands still until the test lets it pass, so a
 * limit never runs out because the machine is slow. Close it after the client and the server.
 */
public final class VirtualTime implements AutoCloseable {
    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.getOrSet();

    private VirtualTime() {}

    /** Stops the time. */
    public static VirtualTime stopped() {
        return new VirtualTime();
    }

    /** Lets this much time pass. */
    public void pass(Duration time) {
        scheduler.advanceTimeBy(time);
    }

    /**
     * Makes a call that ends because time passes.
     *
     * @param call the call
     * @param step how much time passes at once: a timer may be set only after the first
     * @param ready when time may begin to pass
     * @return its result
     */
    public CallResult passUntilTheEndOf(Flux<?> call, Duration step, BooleanSupplier ready) {
        CompletableFuture<CallResult> result = CallResult.when(call).toFuture();
        Eventually.until("time may pass", () -> result.isDone() || ready.getAsBoolean());
        Eventually.until("the call has ended", () -> {
            if (!result.isDone()) {
                pass(step);
            }
            return result.isDone();
        });
        return result.join();
    }

    @Override
    public void close() {
        VirtualTimeScheduler.reset();
    }
}
