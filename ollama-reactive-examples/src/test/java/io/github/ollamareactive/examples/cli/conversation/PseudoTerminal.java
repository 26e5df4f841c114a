// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.Main;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs the real program in its own process at a pseudo-terminal, which {@code script} of util-linux creates. */
final class PseudoTerminal implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final long TIMEOUT_SECONDS = 30;

    private final Process process;
    private final StringBuilder screen = new StringBuilder();
    private int awaitedUntil;

    /** Whether this machine has a suitable {@code script}; that of BSD has other options. */
    static boolean isSupported() {
        return System.getProperty("os.name").equals("Linux") && Files.isExecutable(SCRIPT);
    }

    /** Starts the program at a terminal of a type, such as {@code xterm}. */
    PseudoTerminal(String type, String arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // A new pseudo-terminal has no size, and the background processes of a build server ignore SIGINT.
        String command = "stty cols 100 rows 30; exec env --default-signal=INT '" + java
                + "' -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8" + " -Dollama-reactive.terminals=012 "
                + Main.class.getName() + " " + arguments;
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qfec", command, "/dev/null");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("TERM", type);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::readScreen, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    private void readScreen() {
        try (Reader out = new InputStreamReader(process.getInputStream(), UTF_8)) {
            char[] buffer = new char[4096];
            for (int count = out.read(buffer); count >= 0; count = out.read(buffer)) {
                synchronized (screen) {
                    screen.append(buffer, 0, count);
                    screen.notifyAll();
                }
            }
        } catch (IOException e) {
            // The terminal is closed; await() fails with the output so far.
        }
    }

    /** Types keys: {@code \r} is Enter, {@code \003} is Ctrl-C. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until the output contains a text, after the text of the previous call. */
    void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        synchronized (screen) {
            int at = screen.indexOf(text, awaitedUntil);
            while (at < 0) {
                long remainingMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(remainingMillis)
                        .as("'%s' in time, after: %s", text, screen)
                        .isPositive();
                screen.wait(remainingMillis);
                at = screen.indexOf(text, awaitedUntil);
            }
            awaitedUntil = at + text.length();
        }
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("ends, after: %s", screen)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
