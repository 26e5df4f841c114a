// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.protocol.OllamaException;
import io.netty.channel.Channel;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened to a call so far, one attempt after the other. */
final class Attempt {
    /** How many times it was sent again, and how many of them because of a refusal. */
    int repetitions;

    int refusals;

    /** Whether a pooled connection was dead, so that no other one will do. */
    volatile boolean newConnection;

    /** Whether the latest attempt got a connection that had served before. */
    volatile boolean reused;

    /** Whether that wouldn't do, so that nothing was sent. */
    volatile boolean unsent;

    /** Whether an answer began. */
    volatile boolean answered;

    /** The refusal whose body is being read, as far as it has come. */
    volatile @Nullable Supplier<? extends OllamaException> refusal;

    /** The time limit that the hook set for reading from the connection; zero for none that is known. */
    volatile Duration readLimit = Duration.ZERO;

    void reset() {
        reused = false;
        unsent = false;
        refusal = null;
    }

    /** A connection is there for the request, which isn't written yet. */
    @SuppressWarnings("FutureReturnValueIgnored") // that it is closed shows where the request is written
    void connected(Channel channel) {
        reused = ResponseBoundary.watch(channel);
        if (reused && newConnection) {
            unsent = true;
            channel.close();
        }
        ReadTimeoutHandler timeout = channel.pipeline().get(ReadTimeoutHandler.class);
        if (timeout != null) {
            readLimit = Duration.ofMillis(timeout.getReaderIdleTimeInMillis());
        }
    }
}
