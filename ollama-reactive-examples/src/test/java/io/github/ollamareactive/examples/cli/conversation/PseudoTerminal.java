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

/** The real program in a process of its own at a terminal, which {@code script} of util-linux makes. */
final class PseudoTerminal implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final StringBuilder screen = new StringBuilder();
    private int seen;

    /** Whether this machine can do it: BSD's script takes other options. */
    static boolean isThere() {
        return System.getProperty("os.name").equals("Linux") && Files.isExecutable(SCRIPT);
    }

    /** Starts a terminal of a type, as {@code xterm}, and the program there. */
    PseudoTerminal(String type, String arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // A pseudo-terminal begins without a size, and what a build server starts in the background ignores Ctrl-C.
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
        Thread reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (Reader out = new InputStreamReader(process.getInputStream(), UTF_8)) {
            char[] buffer = new char[4096];
            for (int count = out.read(buffer); count >= 0; count = out.read(buffer)) {
                synchronized (screen) {
                    screen.append(buffer, 0, count);
                    screen.notifyAll();
                }
            }
        } catch (IOException e) {
            // The terminal has gone; what waits for a text says so.
        }
    }

    /** Types keys, as {@code \r} for Enter and {@code \003} for Ctrl-C. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until a text is there, behind the one that was waited for before. */
    void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (screen) {
            int at = screen.indexOf(text, seen);
            while (at < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left).as("'%s' in time, after: %s", text, screen).isPositive();
                screen.wait(left);
                at = screen.indexOf(text, seen);
            }
            seen = at + text.length();
        }
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
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
