// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.test.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of wire cases: {@code /wire/NAME.txt}. A case is a block of lines, and blocks are separated by empty lines. The
 * first line of a block is its title, with its number first if it has one. Behind it stand one or more exchanges; the first
 * word of each line says what the rest is:
 *
 * <pre>
 * ask     begins an exchange: a call of {@link WireCalls}; behind a semicolon, in what it differs from another of its case
 * sends   the method, the path and the body of the request, character by character
 * answer  the status and the content type of an answer that is one document, in place of a stream
 * body    a line of that document; line feeds stand between the lines
 * line    a line of a stream, in a chunk of its own
 * tail    the end of a stream without a line feed
 * close   the server closes the connection before the end of the answer
 * gives   an event, or the error that ends them, in the form of the expected events of recordings
 * </pre>
 *
 * An exchange without an answer is about the request alone. A line that starts with {@code #} is a comment.
 */
final class WireTable {
    private final List<WireCase> cases = new ArrayList<>();
    private @Nullable String title;
    private @Nullable Exchange exchange;

    /** The lines of one exchange. */
    private static final class Exchange {
        private final String ask;
        private final List<String> body = new ArrayList<>();
        private final List<byte[]> chunks = new ArrayList<>();
        private final List<String> gives = new ArrayList<>();
        private @Nullable String sends;
        private @Nullable String answer;
        private boolean closed;

        Exchange(String ask) {
            this.ask = ask;
        }

        @Nullable
        Answer answer() {
            if (answer == null && chunks.isEmpty()) {
                return null;
            }
            Answer whole = answer == null ? Answer.chunks(chunks) : document(answer.split(" ", 2));
            return closed ? whole.thenClose() : whole;
        }

        private Answer document(String[] statusAndType) {
            Answer document = Answer.of(Integer.parseInt(statusAndType[0]));
            Answer typed = statusAndType.length == 1 ? document : document.contentType(statusAndType[1]);
            return body.isEmpty() ? typed : typed.body(String.join("\n", body));
        }
    }

    private WireTable() {}

    static List<WireCase> read(String name) {
        WireTable table = new WireTable();
        (text(name) + "\n").lines().filter(line -> !line.startsWith("#")).forEach(table::line);
        table.end();
        return List.copyOf(table.cases);
    }

    /** The numbers of the cases of a table, each once. */
    static List<String> numbers(String name) {
        return read(name).stream()
                .map(WireCase::title)
                .distinct()
                .map(WireCase::numberOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
    }

    static String text(String name) {
        try (InputStream in = WireTable.class.getResourceAsStream("/wire/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        if (line.isEmpty()) {
            end();
            title = null;
        } else if (title == null) {
            title = line;
        } else {
            String[] parts = line.split(" ", 2);
            field(parts[0], parts.length == 1 ? "" : parts[1]);
        }
    }

    private void field(String name, String value) {
        if (name.equals("ask")) {
            end();
            exchange = new Exchange(value);
            return;
        }
        Exchange current = Objects.requireNonNull(exchange, "a line before the first ask: " + name);
        switch (name) {
            case "sends" -> current.sends = value;
            case "answer" -> current.answer = value;
            case "body" -> current.body.add(value);
            case "line" -> current.chunks.add(AnswerLines.utf8(value + "\n"));
            case "tail" -> current.chunks.add(AnswerLines.utf8(value));
            case "close" -> current.closed = true;
            case "gives" -> current.gives.add(value);
            default -> throw new IllegalArgumentException("unknown word in " + title + ": " + name);
        }
    }

    private void end() {
        Exchange ended = exchange;
        if (ended != null) {
            boolean embeds = ended.ask.startsWith("embed");
            cases.add(new WireCase(
                    Objects.requireNonNull(title),
                    ended.ask,
                    ended.sends,
                    ended.answer(),
                    ExpectedEvents.parse(ended.gives, embeds)));
            exchange = null;
        }
    }
}
