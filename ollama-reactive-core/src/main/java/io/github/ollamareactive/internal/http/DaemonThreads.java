// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the library's own for calls that block. They are not made by Reactor's factory of schedulers: a test that has set virtual
 * time when the first of them is wanted would leave the whole process without.
 */
final class DaemonThreads {
    private DaemonThreads() {}

    /**
     * So many daemons, which stay. An event loop may have to wait for the lock of the queue, as long as another thread takes to add a
     * task. Reactor has BlockHound allow that for the queue of a scheduled executor, and for no other: its error in the middle of a lock
     * would leave the queue locked for ever. Nor is it allowed to wait while another thread makes a worker, so all are made here.
     */
    static Executor executor(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.prestartAllCoreThreads();
        return executor;
    }
}
