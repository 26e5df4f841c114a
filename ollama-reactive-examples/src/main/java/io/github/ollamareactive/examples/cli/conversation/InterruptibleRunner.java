// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.Nullable;

/** Makes an interrupt of a signal: one that comes too late for the work must not hit what the thread does next. */
final class InterruptibleRunner {
    private @Nullable Thread working;
    private boolean interrupted;

    /** Interrupts the work that is being done, if there is any. */
    synchronized void interrupt() {
        if (working != null) {
            interrupted = true;
            working.interrupt();
        }
    }

    /** Does something, and tells whether {@link #interrupt} hit it. Then a failure is the interrupt's, and dropped. */
    boolean during(Runnable work) {
        begin();
        RuntimeException failure = null;
        try {
            work.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        boolean hit = end();
        if (failure != null && !hit) {
            throw failure;
        }
        return failure != null;
    }

    private synchronized void begin() {
        working = Thread.currentThread();
        interrupted = false;
    }

    private synchronized boolean end() {
        working = null;
        if (interrupted) {
            boolean unused = Thread.interrupted();
        }
        return interrupted;
    }
}
