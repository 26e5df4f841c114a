// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the program in a simulated environment: by default without terminals, variables, or a server at the default address. */
final class TestProgram {
    /** A port that only privileged processes can open, and that none has opened. */
    static final String UNREACHABLE_URL = "http://127.0.0.1:19";

    /** Everything printed so far, at each flush. */
    final List<String> flushedOutputs = new ArrayList<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public void flush() throws IOException {
            flushedOutputs.add(toString(UTF_8));
            if (writesUntilBroken-- == 0) {
                throw new IOException(brokenBy);
            }
        }
    };
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> variables = new HashMap<>();
    private final Deque<String> typedLines = new ArrayDeque<>();
    private boolean inIsTerminal = true;
    private boolean outIsTerminal;
    private boolean errIsTerminal;
    private int columns = 80;
    private byte[] pipedBytes = new byte[0];
    private String brokenBy = "Broken pipe";
    private int writesUntilBroken = Integer.MAX_VALUE;

    record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonValue> events() {
            return out.lines().map(JsonValue::parse).toList();
        }
    }

    TestProgram variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    TestProgram pipedInput(String text) {
        return pipedInput(text.getBytes(UTF_8));
    }

    TestProgram pipedInput(byte[] bytes) {
        pipedBytes = bytes;
        inIsTerminal = false;
        return this;
    }

    /** The width of the terminals. */
    TestProgram columns(int number) {
        columns = number;
        return this;
    }

    /** The lines that the user of a conversation types, followed by the end of the input. */
    TestProgram typedLines(String... lines) {
        typedLines.addAll(List.of(lines));
        return outIsTerminal();
    }

    TestProgram outIsTerminal() {
        outIsTerminal = true;
        return this;
    }

    TestProgram errIsTerminal() {
        errIsTerminal = true;
        return this;
    }

    TestProgram outBreaksAfter(int writes, String message) {
        brokenBy = message;
        return outBreaksAfter(writes);
    }

    TestProgram outBreaksAfter(int writes) {
        writesUntilBroken = writes;
        return this;
    }

    Result run(String... args) {
        int exitCode = Program.run(environment(), args);
        return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** What has been printed to standard error so far. */
    String err() {
        return err.toString(UTF_8);
    }

    /** Runs a command with the option {@code --host}. */
    Result run(OllamaTestServer server, String... args) {
        List<String> allArgs = new ArrayList<>(List.of(args));
        allArgs.addAll(List.of("--host", server.baseUrl()));
        return run(allArgs.toArray(String[]::new));
    }

    private Environment environment() {
        return new Environment(
                variables,
                new ByteArrayInputStream(pipedBytes),
                inIsTerminal,
                new Output(out, outIsTerminal, () -> columns),
                new Output(err, errIsTerminal, () -> columns),
                UNREACHABLE_URL,
                Pace.atOnce(),
                Clock.fixed(Instant.parse("2026-11-23T10:35:46Z"), ZoneOffset.UTC),
                () -> new ScriptedTerminal(typedLines));
    }
}
