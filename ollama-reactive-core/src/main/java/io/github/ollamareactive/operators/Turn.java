// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together in a conversation: a question, and all until the next one.
 *
 * @param messages the messages
 * @param counted how many of them the tokens are of
 * @param tokens how long these are
 * @param answers the last answers of them as the server counted them when it made them, with their thinking, which later prompts may
 *     be without
 */
record Turn(List<Message> messages, int counted, double tokens, Answers answers) {

    /**
     * Answers that are counted with their thinking.
     *
     * @param tokens what the server counted
     * @param characters of their texts and tool calls, which stay
     * @param thinking characters of their thinking, which may go
     */
    record Answers(double tokens, long characters, long thinking) {
        static final Answers NONE = new Answers(0, 0, 0);

        /** So many tokens may be marks of a template. */
        private static final int HIDDEN = 50;

        /**
         * How many of the tokens are thinking, about: by the characters or, where it isn't shown, by how much more they are than the text.
         */
        double thinkingTokens(double perCharacter) {
            if (thinking > 0) {
                return tokens * thinking / (characters + thinking);
            }
            double hidden = perCharacter == 0 ? 0 : tokens - characters * perCharacter;
            return hidden > Math.max(HIDDEN, tokens / 2) ? hidden : 0;
        }

        /** How many of the tokens a prompt without the thinking will be without. */
        double leaving(double perCharacter) {
            return thinkingTokens(perCharacter) == 0 ? 0 : Math.max(0, tokens - characters * perCharacter);
        }
    }

    static Turn of(List<Message> messages) {
        return new Turn(messages, 0, 0, Answers.NONE);
    }

    Turn add(Message message) {
        List<Message> longer = new ArrayList<>(messages);
        longer.add(message);
        return new Turn(List.copyOf(longer), counted, tokens, answers);
    }

    /** Adds an answer with the server's count of it. */
    Turn answer(Message message, long evalCount) {
        Answers longer = new Answers(
                answers.tokens + evalCount,
                answers.characters + characters(message),
                answers.thinking + thinking(message));
        return new Turn(add(message).messages, messages.size() + 1, tokens + evalCount, longer);
    }

    /** All messages counted, in so many tokens, which may shrink later or not. */
    Turn count(double newTokens, boolean mayShrink) {
        return new Turn(messages, messages.size(), newTokens, mayShrink ? answers : Answers.NONE);
    }

    /** The tokens that a prompt says nothing new about, where it is without the answers' thinking, or with it. */
    double settled(boolean shrunk) {
        return shrunk ? tokens - answers.tokens : tokens;
    }

    /** The characters of what a prompt counts anew. */
    long unsettled(boolean shrunk) {
        return fresh() + (shrunk ? answers.characters : 0);
    }

    /** The characters of the messages that aren't counted yet. */
    long fresh() {
        return messages.subList(counted, messages.size()).stream()
                .mapToLong(Turn::characters)
                .sum();
    }

    /** The characters of all messages, without thinking. */
    long characters() {
        return messages.stream().mapToLong(Turn::characters).sum();
    }

    private static long characters(Message message) {
        return message.content().length() + length(message.fields().get("tool_calls"));
    }

    private static long thinking(Message message) {
        return message.fields().get("thinking") instanceof JsonString s
                ? s.value().length()
                : 0;
    }

    private static long length(@Nullable JsonValue calls) {
        return calls instanceof JsonArray array && !array.items().isEmpty()
                ? calls.toString().length()
                : 0;
    }
}
