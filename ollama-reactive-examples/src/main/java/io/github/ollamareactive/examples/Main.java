// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples;

import io.github.ollamareactive.examples.cli.Program;
import io.github.ollamareactive.examples.cli.command.Environment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** The command line program {@code ollama-reactive}. */
public final class Main {
    private static final long PATIENCE_SECONDS = 2;

    private Main() {}

    /**
     * Runs a command and exits: 0, 1 when the call failed, 2 for wrong usage, 130 when interrupted.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        silenceLogs();
        CountDownLatch finished = new CountDownLatch(1);
        interruptOnExit(Thread.currentThread(), finished);
        int code = 1;
        try {
            code = Program.run(Environment.ofProcess(), args);
        } finally {
            finished.countDown();
        }
        System.exit(code);
    }

    /** Libraries log to stderr by default, which is for the program's own words. Who configures logging gets it. */
    private static void silenceLogs() {
        // Without this Reactor writes to the console, past all configuration.
        System.setProperty("reactor.logging.fallback", "JDK");
        if (System.getProperty("java.util.logging.config.file") == null) {
            LogManager.getLogManager().reset();
        }
    }

    /** After Ctrl-C the JVM runs this hook and then exits with 130 by itself; the hook lets the call close its connection. */
    private static void interruptOnExit(Thread program, CountDownLatch finished) {
        Thread hook = new Thread(
                () -> {
                    program.interrupt();
                    try {
                        boolean unused = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
