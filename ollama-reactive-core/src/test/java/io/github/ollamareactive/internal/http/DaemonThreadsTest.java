// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Event loops hand tasks over, with BlockHound watching them. */
final class DaemonThreadsTest {
    private static final int LOOPS = 8;
    private static final int TASKS = 20_000;

    @Test
    void manyEventLoopsHandTasksOverAtOnce() throws Exception {
        Executor threads = DaemonThreads.executor("handed-over", 4);
        CountDownLatch done = new CountDownLatch(LOOPS * TASKS);
        Scheduler loops = Schedulers.newParallel("loop", LOOPS);
        try {
            for (int loop = 0; loop < LOOPS; loop++) {
                loops.schedule(() -> {
                    for (int i = 0; i < TASKS; i++) {
                        threads.execute(done::countDown);
                    }
                });
            }
            assertThat(done.await(50, TimeUnit.SECONDS))
                    .as("%d tasks are left", done.getCount())
                    .isTrue();
        } finally {
            loops.dispose();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("handed-over"))
                .hasSize(4)
                .allMatch(Thread::isDaemon);
    }
}
