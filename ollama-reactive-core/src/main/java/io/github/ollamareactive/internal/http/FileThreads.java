// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads that read files, for all clients: a disk that hangs must not take those of the application.
 *
 * <p>They are never interrupted: an interrupt closes the channel under the reader's hands, and the error of that would reach a
 * subscriber who has gone. A reader looks between two pieces whether it is still wanted.
 */
final class FileThreads {
    /** By trampoline, as Reactor uses a plain executor: it would interrupt the threads of a service. */
    static final Scheduler SCHEDULER =
            Schedulers.fromExecutor(DaemonThreads.executor("ollama-reactive-files", 8), true);

    private FileThreads() {}
}
