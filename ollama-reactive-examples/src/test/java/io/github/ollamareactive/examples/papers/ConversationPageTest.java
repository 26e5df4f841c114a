// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.PageProgram;
import io.github.ollamareactive.examples.cli.conversation.ChatTerminal;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of {@code CONVERSATION.md} is what a terminal shows to somebody who types what stands behind its prompts. */
final class ConversationPageTest {
    private static final int COLUMNS = 100;
    private static final String CTRL_C = "^C";

    @TempDir
    Path folder;

    /** What the terminal shows: what is typed, and what the program prints, which Ctrl-C stops at a place. */
    private static final class Screen extends ByteArrayOutputStream {
        private final String untilCtrlC;

        Screen(String untilCtrlC) {
            this.untilCtrlC = untilCtrlC;
        }

        @Override
        public synchronized void flush() {
            if (toString(UTF_8).endsWith(untilCtrlC)) {
                writeBytes(CTRL_C.getBytes(UTF_8));
                throw new Interrupted();
            }
        }
    }

    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record TypingUser(Deque<String> lines, Screen screen, Path folder) implements ChatTerminal {
        @Override
        public @Nullable String readLine(String prompt) {
            String line = lines.poll();
            screen.writeBytes((prompt + line + "\n").getBytes(UTF_8));
            return line == null ? null : line.replace("/save ", "/save " + folder + "/");
        }

        @Override
        public boolean runInterruptibly(Runnable task) {
            try {
                task.run();
                return false;
            } catch (Interrupted e) {
                return true;
            }
        }

        @Override
        public void close() {}
    }

    /** Times differ, and where a line with a time or an address ends; and the drawing of the rates. */
    private static String comparable(String session) {
        String[] parts = SessionsTest.masked(session).replaceAll("[▁-█]+", "▇").split("(?m)^(?=>>> )", 2);
        return oneLine(parts[0])
                + Pattern.compile("^\\d+ tokens, first token [^>]*", Pattern.MULTILINE)
                        .matcher(parts[1])
                        .replaceAll(stats -> oneLine(stats.group()));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ") + "\n";
    }

    @Test
    void j2TheSessionIsWhatTheTerminalShows() throws Exception {
        List<String> blocks = MarkdownPage.read(Path.of("CONVERSATION.md")).blocks("");
        assertThat(blocks).hasSize(1);
        String session = blocks.get(0);
        Deque<String> typed = new ArrayDeque<>();
        Pattern.compile("^(?:>>>|\\.\\.\\.) (.*)$", Pattern.MULTILINE)
                .matcher(session)
                .results()
                .forEach(line -> typed.add(line.group(1)));
        String stopped = session.substring(0, session.indexOf(CTRL_C));
        Screen screen = new Screen(stopped.substring(stopped.lastIndexOf("\n... ")));
        PageProgram program = new PageProgram(screen, COLUMNS, () -> new TypingUser(typed, screen, folder));
        assertThat(program.run(List.of("chat"))).isZero();
        assertThat(typed).isEmpty();
        String shown = program.output();
        assertThat(shown.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
        assertThat(comparable(shown.replace(folder + "/", ""))).isEqualTo(comparable(session));
    }
}
