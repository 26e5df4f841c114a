// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.protocol.JsonValue;
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
import org.jspecify.annotations.Nullable;

/** Environment that a test makes up: by default no terminal, an empty environment and nobody at the default address. */
final class TestProgram {
    /** A port that needs more than a user's rights, and that nobody listens at. */
    static final String NOBODY = "http://127.0.0.1:19";

    final ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public void flush() throws IOException {
            flushed.add(toString(UTF_8));
            if (outBreaksAfter-- == 0) {
                throw new IOException("Broken pipe");
            }
        }
    };
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    /** All that had been printed, at each flush. */
    final List<String> flushed = new ArrayList<>();

    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private @Nullable String piped;
    private boolean outIsTerminal;
    private boolean errIsTerminal;
    private int outBreaksAfter = Integer.MAX_VALUE;

    record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonValue> events() {
            return out.lines().map(JsonValue::parse).toList();
        }
    }

    TestProgram variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    TestProgram piped(String text) {
        piped = text;
        return this;
    }

    /** Lines for a conversation, after which the person leaves. */
    TestProgram typed(String... lines) {
        typed.addAll(List.of(lines));
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

    TestProgram outBreaksAfter(int writes) {
        outBreaksAfter = writes;
        return this;
    }

    Result run(String... args) {
        int exitCode = Program.run(surroundings(), args);
        return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    private Environment surroundings() {
        return new Environment(
                environment,
                new ByteArrayInputStream(piped == null ? new byte[0] : piped.getBytes(UTF_8)),
                piped == null,
                new Output(out, outIsTerminal),
                new Output(err, errIsTerminal),
                NOBODY,
                Pace.atOnce(),
                Clock.fixed(Instant.parse("2026-11-23T10:35:46Z"), ZoneOffset.UTC),
                () -> new ScriptedTerminal(typed));
    }
}
