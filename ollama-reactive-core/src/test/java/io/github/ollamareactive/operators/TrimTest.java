// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.ClientStats;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Trimming beside a model whose counts are exact, with templates that keep thinking, drop it, or keep it within a turn. */
final class TrimTest {
    private static final int TURNS = 20;

    /** What a template does with the thinking of messages before. */
    private enum Template {
        KEEPS,
        DROPS,
        KEEPS_WITHIN_A_TURN,
        /** The server counts thinking that it doesn't show. */
        HIDES
    }

    /** A tokenizer: how many tokens a text has. */
    private static final Map<String, ToLongFunction<String>> TOKENIZERS = Map.of(
            "of four characters", text -> (text.length() + 3) / 4,
            "of words", text -> text.isEmpty() ? 0 : text.split(" ").length);

    private record Model(Template template, ToLongFunction<String> tokenizer) {
        long count(Message message, boolean thinking) {
            String thought = thinking && message.fields().get("thinking") instanceof JsonString s ? s.value() : "";
            boolean calls = message.fields().get("tool_calls") != null;
            return 4
                    + tokenizer.applyAsLong(message.content())
                    + (calls ? 12 : 0)
                    + (thought.isEmpty() ? 0 : 2 + tokenizer.applyAsLong(thought));
        }

        long prompt(List<Message> messages) {
            int question = 0;
            for (int i = 0; i < messages.size(); i++) {
                question = messages.get(i).role().equals("user") ? i : question;
            }
            long tokens = 3;
            for (int i = 0; i < messages.size(); i++) {
                tokens += count(
                        messages.get(i),
                        template == Template.KEEPS || (template == Template.KEEPS_WITHIN_A_TURN && i > question));
            }
            return tokens;
        }

        Conversation answer(Conversation asked, String thinking, String text, List<ToolCall> calls) {
            Completion reply = new Completion(text, thinking, calls, List.of(), List.of(), DONE, summary(0, 0));
            long eval = count(reply.message(), true) - 4;
            return asked.answered(new Completion(
                    text, thinking, calls, List.of(), List.of(), DONE, summary(prompt(asked.messages()), eval)));
        }
    }

    private static Summary summary(long prompt, long eval) {
        return new Summary(
                "stop",
                new GenerationStats(null, null, prompt, null, null, eval, null),
                new ClientStats(null, null, Duration.ZERO, 0, 0, null, null, null));
    }

    private static String words(Random random, int most) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(i -> "x".repeat(1 + random.nextInt(9)))
                .collect(Collectors.joining(" "));
    }

    /** The most turns that fit, by the model's own count of the next prompt before its question. */
    private static int fitting(Model model, Conversation all, long max) {
        List<Message> messages = all.messages();
        List<Integer> questions = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role().equals("user")) {
                questions.add(i);
            }
        }
        for (int from : questions) {
            List<Message> kept = new ArrayList<>(messages.subList(0, 1));
            kept.addAll(messages.subList(from, messages.size()));
            kept.add(Message.user(""));
            if (model.prompt(kept) - model.count(Message.user(""), false) <= max) {
                return (int) questions.stream().filter(q -> q >= from).count();
            }
        }
        return 1;
    }

    private static int turns(Conversation talk) {
        return (int)
                talk.messages().stream().filter(m -> m.role().equals("user")).count();
    }

    private static Conversation talk(Model model, Random random, int thinking, boolean everyTurn, boolean tools) {
        Conversation talk = Conversation.of(ChatRequest.of("m")).system(words(random, 60));
        for (int turn = 0; turn < TURNS; turn++) {
            talk = talk.user(words(random, 40));
            if (tools && turn % 3 == 1) {
                ToolCall call = new ToolCall("c" + turn, null, "look", new JsonObject(Map.of()));
                talk = model.answer(talk, words(random, thinking), "", List.of(call));
                talk = talk.tool(call, words(random, 30));
            }
            boolean thinks = everyTurn || random.nextBoolean();
            talk = model.answer(talk, thinks ? words(random, thinking) : "", words(random, 80), List.of());
        }
        return talk;
    }

    @TestFactory
    Stream<DynamicTest> g2AsManyTurnsAreKeptAsFit() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Template template : Template.values()) {
            TOKENIZERS.forEach((name, tokenizer) -> {
                for (int thinking : new int[] {20, 200, 1_000}) {
                    for (boolean everyTurn : new boolean[] {true, false}) {
                        for (boolean tools : new boolean[] {false, true}) {
                            String what = template + ", tokens " + name + ", " + thinking + " words of thinking"
                                    + (everyTurn ? "" : " now and then") + (tools ? ", tools" : "");
                            tests.add(DynamicTest.dynamicTest(
                                    "G2 " + what,
                                    () -> check(new Model(template, tokenizer), thinking, everyTurn, tools)));
                        }
                    }
                }
            });
        }
        return tests.stream();
    }

    private static void check(Model model, int thinking, boolean everyTurn, boolean tools) {
        for (int seed = 1; seed <= 5; seed++) {
            Conversation talk = talk(model, new Random(seed), thinking, everyTurn, tools);
            List<Message> next = new ArrayList<>(talk.messages());
            next.add(Message.user(""));
            long all = model.prompt(next);
            for (double share : new double[] {0.2, 0.4, 0.6, 0.8, 1.0}) {
                long max = Math.round(all * share);
                assertThat(turns(talk.trim(max)))
                        .as("%d of %d tokens, seed %d", max, all, seed)
                        .isCloseTo(fitting(model, talk, max), org.assertj.core.data.Offset.offset(1));
            }
        }
    }

    /** The row: twenty turns, all of which fit, and long thinking that the template drops. */
    @Test
    void g2TwentyTurnsThatFitAreKept() {
        Model model = new Model(Template.DROPS, TOKENIZERS.get("of words"));
        Conversation talk = talk(model, new Random(2), 400, true, false);
        List<Message> next = new ArrayList<>(talk.messages());
        next.add(Message.user(""));
        assertThat(turns(talk.trim(model.prompt(next) + 20))).isGreaterThanOrEqualTo(TURNS - 1);
    }

    /** Trimming goes on from turn to turn, as a program does that trims before each question. */
    @Test
    void g2AConversationThatIsTrimmedBeforeEachQuestionStaysJustBelowItsSize() {
        Model model = new Model(Template.DROPS, TOKENIZERS.get("of words"));
        Random random = new Random(3);
        Conversation talk = Conversation.of(ChatRequest.of("m")).system(words(random, 60));
        for (int turn = 0; turn < 60; turn++) {
            Conversation trimmed = talk.trim(700);
            assertThat(turns(trimmed))
                    .as("turn %d", turn)
                    .isCloseTo(turn == 0 ? 0 : fitting(model, talk, 700), org.assertj.core.data.Offset.offset(1));
            talk = model.answer(trimmed.user(words(random, 40)), words(random, 300), words(random, 80), List.of());
        }
    }
}
