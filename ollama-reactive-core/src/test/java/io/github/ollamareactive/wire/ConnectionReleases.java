// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClientConfig;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;

/** Sees each return of a connection to the pool, which may come after the call has completed. */
public final class ConnectionReleases implements ConnectionObserver {
    private final Semaphore released = new Semaphore(0);

    /** The same configuration, observed. */
    public OllamaClientConfig observe(OllamaClientConfig config) {
        return config.httpClient(http -> http.observe(this));
    }

    @Override
    public void onStateChange(Connection connection, State state) {
        if (state == State.RELEASED) {
            released.release();
        }
    }

    /** Waits until one more connection is back in the pool. */
    public void awaitNext() {
        try {
            assertThat(released.tryAcquire(CallResult.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("a connection is back in the pool")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
