// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads that read files, for all clients: a disk that hangs must not take those of the application. At most
 * {@value #THREADS}, daemons, each gone after {@value #IDLE_SECONDS} idle seconds.
 *
 * <p>They are never interrupted: an interrupt closes the channel under the reader's hands, and the error of that would reach a
 * subscriber who has gone. A reader looks between two pieces whether it is still wanted.
 */
final class FileThreads {
    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** By trampoline, as Reactor uses a plain executor: it would interrupt the threads of a service. */
    static final Scheduler SCHEDULER = Schedulers.fromExecutor(executor(), true);

    private FileThreads() {}

    private static ThreadPoolExecutor executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "ollama-reactive-files-" + NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
