// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.Nullable;

/** Interrupts a running task when a signal arrives. A signal that arrives after the task has ended has no effect. */
final class InterruptibleRunner {
    private @Nullable Thread taskThread;
    private boolean interrupted;

    /** Interrupts the running task, if there is one. May be called from any thread. */
    synchronized void interrupt() {
        if (taskThread != null) {
            interrupted = true;
            taskThread.interrupt();
        }
    }

    /**
     * Runs a task on this thread. If it fails after {@link #interrupt}, the failure is attributed to the interrupt and dropped;
     * any other failure is thrown.
     *
     * @return whether the interrupt made the task fail
     */
    boolean run(Runnable task) {
        start();
        RuntimeException failure = null;
        try {
            task.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        boolean wasInterrupted = end();
        if (failure != null && !wasInterrupted) {
            throw failure;
        }
        return failure != null;
    }

    private synchronized void start() {
        taskThread = Thread.currentThread();
        interrupted = false;
    }

    /** Clears the thread's interrupt status if this class set it. */
    private synchronized boolean end() {
        taskThread = null;
        if (interrupted) {
            boolean unused = Thread.interrupted();
        }
        return interrupted;
    }
}
