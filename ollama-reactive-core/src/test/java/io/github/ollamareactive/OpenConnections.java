// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of a client that are open as the client sees it, in the pool or in use. */
final class OpenConnections {
    private final AtomicInteger open = new AtomicInteger();

    /** The same configuration, observed. */
    OllamaClientConfig observe(OllamaClientConfig config) {
        return config.httpClient(http -> http.doOnConnected(connection -> {
            open.incrementAndGet();
            connection.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        }));
    }

    int count() {
        return open.get();
    }
}
