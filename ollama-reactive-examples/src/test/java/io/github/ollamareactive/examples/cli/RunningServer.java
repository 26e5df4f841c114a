// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that runs a server, on its own thread until it is closed as Ctrl-C does. */
final class RunningServer implements AutoCloseable {
    final CompletableFuture<TestProgram.Result> result = new CompletableFuture<>();
    final int port;
    private final Thread thread;

    RunningServer(String... args) throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String[] allArgs = Arrays.copyOf(args, args.length + 2);
        allArgs[args.length] = "--port";
        allArgs[args.length + 1] = String.valueOf(port);
        TestProgram program = new TestProgram();
        thread = new Thread(() -> result.complete(program.run(allArgs)));
        thread.start();
        // It prints its address when it has its answers, which is later than it listens.
        while (!program.err().contains("press Ctrl-C")) {
            assertThat(result).isNotDone();
            Thread.onSpinWait();
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    TestProgram.Result call(String... args) {
        String[] allArgs = Arrays.copyOf(args, args.length + 2);
        allArgs[args.length] = "--host";
        allArgs[args.length + 1] = "127.0.0.1:" + port;
        return new TestProgram().run(allArgs);
    }

    /** Ends the command; the lines that it wrote to standard error. */
    String end() throws Exception {
        close();
        return result.get().err();
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        assertThat(result.get(20, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
    }
}
