// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation by turns, and how long each is.
 *
 * @param opening what the system said first; never trimmed
 * @param turns each from something said to the last answer to it
 * @param tokens of all, as the server counted them last; null when unknown
 */
record History(Turn opening, List<Turn> turns, @Nullable Long tokens) {

    /**
     * What belongs together.
     *
     * @param messages a question, and all until the next
     * @param tokens by how much the server's count grew with it; null when not counted yet
     */
    record Turn(List<Message> messages, @Nullable Long tokens) {
        Turn counted(@Nullable Long newTokens) {
            return new Turn(messages, newTokens);
        }

        long known() {
            return tokens == null ? 0 : tokens;
        }

        long characters() {
            return messages.stream().mapToLong(m -> m.content().length()).sum();
        }
    }

    static History of(List<Message> messages) {
        int first = 0;
        while (first < messages.size() && messages.get(first).role().equals("system")) {
            first++;
        }
        History history = new History(new Turn(List.copyOf(messages.subList(0, first)), null), List.of(), null);
        for (Message message : messages.subList(first, messages.size())) {
            history = message.role().equals("user") ? history.turn(message) : history.add(message);
        }
        return history;
    }

    private static <T> List<T> append(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return List.copyOf(longer);
    }

    History opening(List<Message> words) {
        return new History(new Turn(words, null), turns, tokens);
    }

    History turn(Message message) {
        return new History(opening, append(turns, new Turn(List.of(message), null)), tokens);
    }

    History add(Message message) {
        if (turns.isEmpty()) {
            return turn(message);
        }
        Turn last = turns.get(turns.size() - 1);
        Turn longer = new Turn(append(last.messages, message), last.tokens);
        return new History(opening, append(turns.subList(0, turns.size() - 1), longer), tokens);
    }

    /** Adds an answer and what the server counted: the prompt is all that was there before, the answer the last turn's. */
    History answer(Message message, GenerationStats stats) {
        Long prompt = stats.promptEvalCount();
        Long answer = stats.evalCount();
        if (prompt == null || answer == null) {
            return new History(opening, turns, null).add(message);
        }
        List<Turn> parts = new ArrayList<>(List.of(opening));
        parts.addAll(turns);
        parts = count(parts, prompt);
        History counted = new History(parts.get(0), parts.subList(1, parts.size()), prompt + answer).add(message);
        Turn last = counted.turns.get(counted.turns.size() - 1);
        parts = append(counted.turns.subList(0, counted.turns.size() - 1), last.counted(last.known() + answer));
        return new History(counted.opening, parts, counted.tokens);
    }

    /**
     * Gives to the parts that weren't counted what the server counted beyond the others, by their characters where there are several.
     * When it counts less than before (templates drop old thinking), all are that much shorter.
     */
    private static List<Turn> count(List<Turn> parts, long prompt) {
        long known = parts.stream().mapToLong(Turn::known).sum();
        long fresh = parts.stream()
                .filter(p -> p.tokens == null)
                .mapToLong(Turn::characters)
                .sum();
        List<Turn> counted = new ArrayList<>();
        for (Turn part : parts) {
            if (part.tokens == null) {
                double share = fresh == 0 ? 0 : (double) part.characters() / fresh;
                counted.add(part.counted(Math.round(share * Math.max(0, prompt - known))));
            } else if (known > prompt) {
                counted.add(part.counted(Math.round(part.known() * (double) prompt / known)));
            } else {
                counted.add(part);
            }
        }
        boolean onlyGrown = parts.stream().noneMatch(part -> part.tokens == null);
        Turn last = counted.get(counted.size() - 1);
        if (onlyGrown && prompt > known) {
            counted.set(counted.size() - 1, last.counted(last.known() + prompt - known));
        }
        return List.copyOf(counted);
    }

    History trim(long maxTokens) {
        if (tokens == null) {
            return this;
        }
        long left = tokens;
        int gone = 0;
        while (left > maxTokens && gone < turns.size() - 1) {
            left -= turns.get(gone++).known();
        }
        return gone == 0 ? this : new History(opening, turns.subList(gone, turns.size()), left);
    }

    List<Message> messages() {
        List<Message> all = new ArrayList<>(opening.messages);
        turns.forEach(turn -> all.addAll(turn.messages));
        return List.copyOf(all);
    }
}
