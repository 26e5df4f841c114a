// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples;

import io.github.ollamareactive.examples.cli.Program;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ExitCodes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** Starts the command line program {@code ollama-reactive}. */
public final class Main {
    private static final long SHUTDOWN_TIMEOUT_SECONDS = 2;

    private Main() {}

    /**
     * Runs a command and exits with its code: 0 for success, 1 if the call failed, 2 for invalid usage, 130 if it was interrupted.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        silenceLogs();
        CountDownLatch finished = new CountDownLatch(1);
        interruptOnExit(Thread.currentThread(), finished);
        int code = ExitCodes.FAILED;
        try {
            code = Program.run(Environment.ofProcess(), args);
        } finally {
            finished.countDown();
        }
        System.exit(code);
    }

    /**
     * Turns off library logs, unless the user configured logging: by default they go to standard error, which is for the
     * program's own messages.
     */
    private static void silenceLogs() {
        // Without this property Reactor logs to the console and ignores the configuration of java.util.logging.
        System.setProperty("reactor.logging.fallback", "JDK");
        if (System.getProperty("java.util.logging.config.file") == null) {
            LogManager.getLogManager().reset();
        }
    }

    /** On Ctrl-C the JVM runs this hook and then exits with code 130. The hook gives the call time to close its connection. */
    private static void interruptOnExit(Thread program, CountDownLatch finished) {
        Thread hook = new Thread(
                () -> {
                    program.interrupt();
                    try {
                        boolean unused = finished.await(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
