// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.chatLine;
import static io.github.ollamareactive.wire.AnswerLines.done;
import static io.github.ollamareactive.wire.AnswerLines.errorLine;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static io.github.ollamareactive.wire.AnswerLines.lastChatLine;
import static io.github.ollamareactive.wire.AnswerLines.lines;
import static io.github.ollamareactive.wire.AnswerLines.stream;
import static io.github.ollamareactive.wire.AnswerLines.token;
import static io.github.ollamareactive.wire.AnswerLines.utf8;
import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/**
 * The faults of servers, proxies and networks that no other client was found to pass all of: the table {@code faults.txt}, and
 * the faults that a line of text doesn't show.
 */
final class FaultCasesTest {
    private static final String THREE_LINES = lines(chatLine("a"), chatLine("b"), lastChatLine("c"));
    private static final Object[] THREE_TOKENS = {token("a"), token("b"), token("c"), done(null)};

    /** Characters of one, two, three and four bytes. */
    private static final String CHARACTERS = "a\u00fc\u4f60\ud83d\ude00";

    static Stream<Arguments> table() {
        return WireCase.underEveryCut("faults");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("table")
    void theAnswerGivesTheEventsInTheTable(WireCase exchange, Chunking cuts) {
        exchange.run(cuts);
    }

    private static CallResult chat(Answer answer) {
        return chat(answer, UnaryOperator.identity());
    }

    private static CallResult chat(Answer answer, UnaryOperator<OllamaClientConfig> change) {
        return CallResult.of(answer, change, client -> client.chat(CHAT));
    }

    private static List<byte[]> pieces(String body, int size) {
        byte[] bytes = utf8(body);
        return IntStream.rangeClosed(0, (bytes.length - 1) / size)
                .mapToObj(i -> Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size)))
                .toList();
    }

    static Stream<Arguments> framings() {
        Stream<Arguments> framings = Stream.of(
                Arguments.of("F1 one line a write", stream(THREE_LINES)),
                Arguments.of("F2 three lines in one write", Answer.chunks(utf8(THREE_LINES))),
                Arguments.of("F3 a line split across writes", Answer.chunks(pieces(THREE_LINES, 50))),
                Arguments.of("F5 one byte a write", Answer.chunks(pieces(THREE_LINES, 1))),
                Arguments.of(
                        "F6 blank lines between records",
                        stream("\n\n" + chatLine("a") + "\n\n \t\n" + chatLine("b") + "\n\r\n" + lastChatLine("c")
                                + "\n\n")),
                Arguments.of("F7 CRLF", stream(THREE_LINES.replace("\n", "\r\n"))),
                Arguments.of("F8 no line feed after the last record", stream(THREE_LINES.stripTrailing())));
        List<Chunking> cuts = EveryCut.Source.cuts().toList();
        return framings.flatMap(framing -> cuts.stream()
                .map(cut -> Arguments.of(framing.get()[0], cut, ((Answer) framing.get()[1]).chunking(cut))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("framings")
    void framingDoesNotChangeTheEvents(String name, Chunking cuts, Answer answer) {
        chat(answer).assertCompleted(THREE_TOKENS);
    }

    @ParameterizedTest(name = "F4 characters split across writes, {0}")
    @EveryCut
    void charactersMayBeSplitAcrossWrites(Chunking cuts) {
        chat(Answer.chunks(pieces(lines(chatLine(CHARACTERS), lastChatLine(CHARACTERS)), 1))
                        .chunking(cuts))
                .assertCompleted(token(CHARACTERS), token(CHARACTERS), done(null));
    }

    @ParameterizedTest(name = "F9 line separators of Unicode inside of a text, {0}")
    @EveryCut
    void onlyLineFeedsEndLines(Chunking cuts) {
        String text = "x\u2028y\u2029z\u0085";
        chat(stream(lines(json("{'message':{'content':'" + text + "'},'done':false}"), lastChatLine("")))
                        .chunking(cuts))
                .assertCompleted(token(text), done(null));
    }

    @ParameterizedTest(name = "F12 an end in the middle of a line, {0}")
    @EveryCut
    void anEndInTheMiddleOfALineTellsTheLengthOfTheRestAndNotItsWords(Chunking cuts) {
        OllamaException.Stream error = chat(stream(chatLine("a") + "\n{\"message\":{\"content\":\"secr")
                        .chunking(cuts))
                .assertIncomplete("a", 27, token("a"));
        assertThat(error).hasMessageContaining("27 bytes").message().doesNotContain("secr");
    }

    @ParameterizedTest(name = "F13 a reset in the middle of a line, {0}")
    @EveryCut
    void aResetIsAConnectionError(Chunking cuts) {
        CallResult result =
                chat(stream(chatLine("a") + "\n{\"message\":").thenReset().chunking(cuts));
        // A reset may overtake what was sent before it.
        result.assertDisconnected(Problem.RESET, result.events().isEmpty() ? new Object[0] : new Object[] {token("a")});
    }

    static Stream<Arguments> malformedLines() {
        // Valid JSON or not, none of it is a record of an answer.
        List<String> malformed = List.of(
                "{bad}",
                "<html><body>Login</body></html>",
                "data: {}",
                "[1]",
                "null",
                "{} {}",
                "{'message':'text'}",
                "{'message':{'content':42},'done':false}",
                "{'done':1}",
                "{'context':[3000000000],'done':true}",
                "{'context':['1'],'done':true}",
                "{'image':'***','done':true}",
                "{'message':{'tool_calls':[{'function':{'name':'f','arguments':'[]'}}]}}",
                "{'message':{'tool_calls':[{'function':{'arguments':{}}}]}}",
                "{'_debug_info':{'rendered_template':7}}");
        List<Chunking> cuts = EveryCut.Source.cuts().toList();
        return malformed.stream().flatMap(line -> cuts.stream().map(cut -> Arguments.of(json(line), cut)));
    }

    @ParameterizedTest(name = "F15 a malformed record in the middle: {0}, {1}")
    @MethodSource("malformedLines")
    void aMalformedRecordIsAProtocolErrorThatShowsTheLine(String line, Chunking cuts) {
        OllamaException.Protocol error = chat(stream(lines(chatLine("a"), "", line, lastChatLine("")))
                        .chunking(cuts))
                .assertMalformed(3, token("a"));
        assertThat(error.excerpt()).isEqualTo(line);
        assertThat(error.partial().text()).isEqualTo("a");
    }

    @ParameterizedTest(name = "F15 a long malformed record, {0}")
    @EveryCut
    void theExcerptOfAMalformedRecordIsShortAndCanBeSwitchedOff(Chunking cuts) {
        String secret = "{secret " + "x".repeat(1000);
        Answer answer = stream(lines(secret)).chunking(cuts);
        assertThat(chat(answer).assertMalformed(1).excerpt()).isEqualTo(secret.substring(0, 200) + "\u2026");
        OllamaException.Protocol redacted =
                chat(answer, config -> config.errorExcerptBytes(0)).assertMalformed(1);
        assertThat(redacted.excerpt()).isEmpty();
        assertThat(redacted).message().doesNotContain("secret");
    }

    @ParameterizedTest(name = "F19 502 with a page of HTML, {0}")
    @EveryCut
    void theBodyOfARefusalIsReadUpToItsLimit(Chunking cuts) {
        Answer page = Answer.of(502).contentType("text/html").body("<html>" + "x".repeat(70_000));
        if (cuts == Chunking.asWritten() || cuts == Chunking.allAtOnce()) {
            chat(page.chunking(cuts)).assertRefused(502, Kind.SERVER_ERROR, "<html>" + "x".repeat(64 * 1024 - 6));
        }
        Answer small = page.body("<html>" + "x".repeat(500)).chunking(cuts);
        assertThat(chat(small, config -> config.maxErrorBodyBytes(100))
                        .assertRefused(502, Kind.SERVER_ERROR, "<html>" + "x".repeat(94))
                        .rawBody())
                .hasSize(100);
    }

    @ParameterizedTest(name = "F22 records after done, {0}")
    @EveryCut
    void recordsAfterDoneAreIgnoredAndTheConnectionIsKept(Chunking cuts) {
        ConnectionReleases releases = new ConnectionReleases();
        try (VirtualTime time = VirtualTime.stopped();
                OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(releases.observe(CallResult.config(server)))) {
            server.answer(
                    "POST",
                    "/api/chat",
                    stream(lines(chatLine("a"), lastChatLine("b"), chatLine("c"), "{bad}", errorLine("late")))
                            .chunking(cuts));
            for (int i = 0; i < 8; i++) {
                CallResult.of(client.chat(CHAT)).assertCompleted(token("a"), token("b"), done(null));
                releases.awaitNext();
            }
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F22 records after done without end")
    void recordsAfterDoneWithoutEndCloseTheConnection() {
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient client = OllamaClient.create(CallResult.config(server))) {
            Flux<String> endless = Flux.concat(
                    Flux.just(lastChatLine("a")), Flux.just(chatLine("b")).repeat());
            server.answer("POST", "/api/chat", Answer.lines(endless));
            CallResult.of(client.chat(CHAT)).assertCompleted(token("a"), done(null));
            assertThat(server.exchange(0).flatMap(Exchange::clientGone).block(CallResult.LIMIT))
                    .isNotNull();
        }
    }

    @ParameterizedTest(name = "F27 a record of 9 MB, {0}")
    @MethodSource("largeCuts")
    void aRecordOfNineMegabytesPassesTheDefaultLimit(Chunking cuts) {
        CallResult large = chat(
                stream(lines(chatLine("x".repeat(9_000_000)), lastChatLine(""))).chunking(cuts));
        assertThat(large.error()).isNull();
        assertThat(((Token) large.events().get(0)).text()).hasSize(9_000_000);
    }

    static Stream<Chunking> largeCuts() {
        return Stream.of(Chunking.asWritten(), Chunking.allAtOnce());
    }

    @ParameterizedTest(name = "F27 a record over the limit, {0}")
    @EveryCut
    void theLimitCountsARecordWithoutItsLineEndAndByteOrderMark(Chunking cuts) {
        int limit = chatLine("xxx").length();
        for (String end : List.of("\n", "\r\n")) {
            Answer within = stream("\ufeff" + chatLine("xxx") + end + json("{'done':true}") + end);
            chat(within.chunking(cuts), config -> config.maxLineBytes(limit)).assertCompleted(token("xxx"), done(null));
            Answer beyond = stream(chatLine("a") + end + chatLine("xxxx") + end + lastChatLine("") + end);
            OllamaException.Protocol error = chat(beyond.chunking(cuts), config -> config.maxLineBytes(limit))
                    .assertMalformed(2, token("a"));
            assertThat(error).hasMessageContaining(limit + " bytes");
            assertThat(error.partial().text()).isEqualTo("a");
        }
    }

    @ParameterizedTest(name = "F29 nobody listens, stream: {0}")
    @ValueSource(booleans = {true, false})
    void nobodyListeningIsARefusedConnection(boolean stream) {
        OllamaTestServer server = OllamaTestServer.start();
        server.close();
        ChatRequest request = stream ? CHAT : CHAT.stream(false);
        assertThat(CallResult.of(server, client -> client.chat(request)).assertDisconnected(Problem.REFUSED))
                .hasMessageContaining(server.baseUrl());
    }
}
