// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the library's own for calls that block. They are not made by Reactor's factory of schedulers: a test that has set virtual
 * time when the first of them is wanted would leave the whole process without.
 */
final class DaemonThreads {
    private static final int IDLE_SECONDS = 30;

    private DaemonThreads() {}

    /** At most so many daemons, each gone after {@value #IDLE_SECONDS} idle seconds. */
    static ThreadPoolExecutor executor(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
