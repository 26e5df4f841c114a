// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.SOON;
import static io.github.ollamareactive.operators.Events.answer;
import static io.github.ollamareactive.operators.Events.done;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** A history that only whole turns get into, and what of it goes back over the wire. */
final class ConversationTest {
    private static final Conversation TALK =
            Conversation.of(ChatRequest.of("m").think(true)).system("Be brief.");

    private static Conversation turn(Conversation before, String question, String reply, long prompt, long eval) {
        Conversation asked = before.user(question);
        AtomicReference<Conversation> next = new AtomicReference<>();
        Flux.<GenerationEvent>just(
                        token(reply), done("stop", new GenerationStats(null, null, prompt, null, null, eval, null)))
                .transform(asked.reply(next::set))
                .blockLast(SOON);
        return next.get();
    }

    private static List<String> contents(Conversation conversation) {
        return conversation.messages().stream().map(Message::content).toList();
    }

    @Test
    void everyTurnIsANewValue() {
        Conversation first = turn(TALK, "q1", "a1", 10, 5);
        Conversation second = turn(first, "q2", "a2", 22, 6);
        assertThat(contents(TALK)).containsExactly("Be brief.");
        assertThat(contents(first)).containsExactly("Be brief.", "q1", "a1");
        assertThat(contents(second)).containsExactly("Be brief.", "q1", "a1", "q2", "a2");
        assertThat(second.tokens()).hasValue(28);
        assertThat(contents(second.system("Rhyme."))).containsExactly("Rhyme.", "q1", "a1", "q2", "a2");
        assertThat(second.user("q3").request().toJson().toString())
                .isEqualTo("{\"model\":\"m\",\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"q1\"},{\"role\":\"assistant\",\"content\":\"a1\"},"
                        + "{\"role\":\"user\",\"content\":\"q2\"},{\"role\":\"assistant\",\"content\":\"a2\"},"
                        + "{\"role\":\"user\",\"content\":\"q3\"}],\"think\":true}");
    }

    @Test
    void aCancelledOrFailedTurnIsNotCommitted() {
        List<Conversation> next = new ArrayList<>();
        Conversation asked = TALK.user("q");
        TestPublisher<GenerationEvent> source = TestPublisher.create();
        StepVerifier.create(source.flux().transform(asked.reply(next::add)))
                .then(() -> source.next(token("half")))
                .expectNext(token("half"))
                .thenCancel()
                .verify(SOON);
        source.assertCancelled();
        StepVerifier.create(Flux.<GenerationEvent>just(token("half"))
                        .concatWith(Flux.error(ExceptionFactory.reported("x")))
                        .transform(asked.reply(next::add)))
                .expectNext(token("half"))
                .expectError(OllamaException.Stream.class)
                .verify(SOON);
        assertThat(next).isEmpty();
        // The same value can be sent again, and a cancel behind the last event comes too late to undo it.
        answer("whole").transform(asked.reply(next::add)).take(2).blockLast(SOON);
        assertThat(next).hasSize(1);
        assertThat(contents(next.get(0))).containsExactly("Be brief.", "q", "whole");
    }

    @Test
    void g14SeveralRepliesAreAMessageEachAndTheHookHasAConversationForEach() {
        List<Conversation> next = new ArrayList<>();
        Flux.concat(answer("a", "b"), answer("c"))
                .transform(TALK.user("q").reply(next::add))
                .blockLast(SOON);
        assertThat(next).hasSize(2);
        assertThat(contents(next.get(0))).containsExactly("Be brief.", "q", "ab");
        assertThat(contents(next.get(1))).containsExactly("Be brief.", "q", "ab", "c");
    }

    @Test
    void anAnswerThatWasEnoughIsCommittedAsItWasSeen() {
        List<Conversation> next = new ArrayList<>();
        Conversation asked = TALK.user("q");
        answer("One. ", "Two. ", "Three.")
                .transform(Tokens.until(Budget.UNLIMITED.sentences(1)))
                .transform(asked.reply(next::add))
                .blockLast(SOON);
        assertThat(contents(next.get(0))).containsExactly("Be brief.", "q", "One.");
    }

    @Test
    void theOldestTurnsAreTrimmedByTheServersCounts() {
        // 9 characters of the system and 9 of the question: 20 tokens of prompt are 10 each.
        Conversation one = turn(TALK, "question1", "a1", 20, 5);
        Conversation two = turn(one, "question2", "a2", 40, 10);
        Conversation three = turn(two, "question3", "a3", 70, 30);
        assertThat(three.tokens()).hasValue(100);
        assertThat(contents(three.trim(100))).hasSize(7);
        // The first turn is 10 + 5, the second 15 + 10, the third 20 + 30.
        assertThat(contents(three.trim(99))).containsExactly("Be brief.", "question2", "a2", "question3", "a3");
        assertThat(three.trim(99).tokens()).hasValue(85);
        assertThat(three.trim(85).messages()).hasSize(5);
        assertThat(contents(three.trim(84))).containsExactly("Be brief.", "question3", "a3");
        assertThat(three.trim(84).tokens()).hasValue(60);
        assertThat(contents(three.trim(1))).as("the last turn stays").containsExactly("Be brief.", "question3", "a3");
        assertThat(contents(three.user("q4").trim(1))).containsExactly("Be brief.", "q4");
        // After trimming, the server's next count is the truth again.
        Conversation four = turn(three.trim(84), "question4", "a4", 72, 8);
        assertThat(four.tokens()).hasValue(80);
        assertThat(four.trim(79).tokens()).hasValue(30);
    }

    @Test
    void countsThatShrinkOrAreMissingAreBorne() {
        Conversation one = turn(TALK, "question1", "a1", 20, 100);
        // Of 120 tokens 60 are left, 20 of them counted before. What is left of the first answer and the second
        // question share 40.
        Conversation two = turn(one, "question2", "a2", 60, 10);
        assertThat(two.tokens()).hasValue(70);
        assertThat(two.trim(69).tokens()).hasValue(70 - 17);
        AtomicReference<Conversation> next = new AtomicReference<>();
        Conversation asked = two.user("q3");
        answer("a3").transform(asked.reply(next::set)).blockLast(SOON);
        assertThat(next.get().tokens()).isEmpty();
        assertThat(next.get().trim(1).messages()).hasSize(7);
        Conversation kept = Conversation.of(ChatRequest.of("m", two.messages()));
        assertThat(kept.messages()).isEqualTo(two.messages());
        assertThat(kept.tokens()).isEmpty();
        Conversation counted = turn(kept, "question3", "a3", 62, 4);
        // 9 + 11 + 11 + 9 characters share 62 tokens; the answer is the last turn's.
        assertThat(counted.trim(65).tokens()).hasValue(66 - 17);
    }

    private static String line(String message, String end) {
        return "{\"model\":\"m\",\"message\":{\"role\":\"assistant\"," + message + "}," + end + "}";
    }

    /** Three requests: a question that needs a tool, its result, and one more question. */
    @Test
    void severalTurnsWithThinkingAndAToolOverTheWire() {
        String call = "{\"id\":\"call_1\",\"function\":{\"index\":0,\"name\":\"get_weather\","
                + "\"arguments\":{\"city\":\"Paris\",\"days\":2}}}";
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(server.baseUrl())) {
            server.answer(
                    "POST",
                    "/api/chat",
                    Answer.ndjson(
                            line("\"content\":\"\",\"thinking\":\"A tool\"", "\"done\":false"),
                            line("\"content\":\"\",\"thinking\":\" helps.\"", "\"done\":false"),
                            line("\"content\":\"\",\"tool_calls\":[" + call + "]", "\"done\":false"),
                            line(
                                    "\"content\":\"\"",
                                    "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":30,\"eval_count\":12")),
                    Answer.ndjson(
                            line("\"content\":\"Sun\"", "\"done\":false"),
                            line(
                                    "\"content\":\"ny.\"",
                                    "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":50,\"eval_count\":4")),
                    Answer.ndjson(line(
                            "\"content\":\"Bye.\"",
                            "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":60,\"eval_count\":3")));

            AtomicReference<Conversation> talk = new AtomicReference<>(TALK);
            Conversation asked = talk.get().user("Weather in Paris?");
            ollama.chat(asked.request()).transform(asked.reply(talk::set)).blockLast(SOON);

            while (!talk.get().toolCalls().isEmpty()) {
                Conversation told = talk.get();
                for (ToolCall wanted : told.toolCalls()) {
                    told = told.tool(wanted, "22 degrees");
                }
                assertThat(told.toolCalls()).isEmpty();
                Conversation next = told;
                ollama.chat(next.request()).transform(next.reply(talk::set)).blockLast(SOON);
            }
            Conversation bye = talk.get().user("Bye");
            Completion completion =
                    ollama.chat(bye.request()).as(Tokens::collect).block(SOON);
            Conversation last = bye.answered(completion);

            assertThat(last.tokens()).hasValue(63);
            assertThat(last.trim(62).messages())
                    .extracting(Message::role)
                    .containsExactly("system", "user", "assistant");
            assertThat(last.messages())
                    .extracting(Message::role)
                    .containsExactly("system", "user", "assistant", "tool", "assistant", "user", "assistant");
            String expected = "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                    + "{\"role\":\"user\",\"content\":\"Weather in Paris?\"},"
                    + "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"A tool helps.\",\"tool_calls\":[" + call
                    + "]},"
                    + "{\"role\":\"tool\",\"content\":\"22 degrees\",\"tool_name\":\"get_weather\",\"tool_call_id\":\"call_1\"},"
                    + "{\"role\":\"assistant\",\"content\":\"Sunny.\"},"
                    + "{\"role\":\"user\",\"content\":\"Bye\"}]";
            String sent = server.requests().get(2).body();
            assertThat(((JsonValue.JsonObject) JsonValue.parse(sent)).get("messages"))
                    .hasToString(expected);
        }
    }
}
