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
 * <p>The server counts a prompt ({@code prompt_eval_count}) and the answer that it makes ({@code eval_count}), the answer with its
 * thinking. Many templates leave thinking out of later prompts: then the next prompt grows by the answer's text and the next
 * question only, and how much that is together is exact. What of it is whose goes by the characters.
 *
 * @param opening what the system said first; never trimmed
 * @param turns each from something said to the last answer to it
 * @param tokens of all, as the server counted them last; null when unknown
 * @param template what the prompts showed so far about what becomes of thinking
 */
record History(Turn opening, List<Turn> turns, @Nullable Long tokens, Template template) {

    /**
     * What is known about the model's template.
     *
     * @param dropsThinking by how many tokens the prompts so far are better explained by a template that leaves thinking out at the
     *     next question than by one that keeps it; negative for the latter
     * @param perCharacter the tokens of a character of the last prompt, thinking not counted
     */
    record Template(double dropsThinking, double perCharacter) {
        private static final double SURE = 500;

        static final Template UNKNOWN = new Template(0, 0);

        Template with(double evidence, double newPerCharacter) {
            return new Template(Math.max(-SURE, Math.min(SURE, dropsThinking + evidence)), newPerCharacter);
        }
    }

    static History of(List<Message> messages) {
        int first = 0;
        while (first < messages.size() && messages.get(first).role().equals("system")) {
            first++;
        }
        History history =
                new History(Turn.of(List.copyOf(messages.subList(0, first))), List.of(), null, Template.UNKNOWN);
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
        return new History(Turn.of(words), turns, tokens, template);
    }

    History turn(Message message) {
        return new History(opening, append(turns, Turn.of(List.of(message))), tokens, template);
    }

    History add(Message message) {
        if (turns.isEmpty()) {
            return turn(message);
        }
        return last(turns.get(turns.size() - 1).add(message));
    }

    /** The same with another last turn. */
    private History last(Turn turn) {
        return new History(opening, append(turns.subList(0, turns.size() - 1), turn), tokens, template);
    }

    /** Adds an answer and what the server counted: the prompt is all that was there before, the answer the last turn's. */
    History answer(Message message, GenerationStats stats) {
        Long prompt = stats.promptEvalCount();
        Long answer = stats.evalCount();
        if (prompt == null || answer == null) {
            return new History(opening, turns, null, template).add(message);
        }
        History counted = count(prompt);
        if (counted.turns.isEmpty()) {
            counted = new History(counted.opening, List.of(Turn.of(List.of())), null, counted.template);
        }
        Turn last = counted.turns.get(counted.turns.size() - 1).answer(message, answer);
        return new History(counted.opening, counted.turns, prompt + answer, counted.template).last(last);
    }

    /** Gives each part its share of a prompt. */
    private History count(long prompt) {
        List<Turn> parts = new ArrayList<>(List.of(opening));
        parts.addAll(turns);
        double grown = prompt - parts.stream().mapToDouble(Turn::tokens).sum();
        double evidence = evidence(parts, grown);
        boolean isQuestion = parts.get(parts.size() - 1).counted() == 0;
        // Less than before is less thinking, also where none was seen.
        boolean shrunk = grown < 0
                || (parts.stream().anyMatch(this::thinks) && evidence + (isQuestion ? template.dropsThinking : 0) > 0);

        // What stays of answers that lost their thinking and what is new have the rest together, by their characters.
        double settled =
                parts.stream().mapToDouble(part -> part.settled(shrunk)).sum();
        long unsettled =
                parts.stream().mapToLong(part -> part.unsettled(shrunk)).sum();
        double rest = prompt - settled;
        List<Turn> counted = new ArrayList<>();
        for (Turn part : parts) {
            boolean isLast = counted.size() == parts.size() - 1;
            double share = unsettled > 0 ? (double) part.unsettled(shrunk) / unsettled : isLast ? 1 : 0;
            double own = part.settled(shrunk);
            counted.add(part.count(rest < 0 ? own * prompt / settled : own + rest * share, !shrunk && thinks(part)));
        }
        long characters = parts.stream().mapToLong(Turn::characters).sum();
        Template known = isQuestion ? template.with(evidence, (double) prompt / Math.max(1, characters)) : template;
        return new History(counted.get(0), List.copyOf(counted.subList(1, counted.size())), tokens, known);
    }

    private boolean thinks(Turn turn) {
        return turn.answers().thinkingTokens(template.perCharacter) > 0;
    }

    /** By how many tokens a prompt is better explained if the thinking before it has gone than if it has stayed. */
    private double evidence(List<Turn> parts, double grown) {
        double thinking = 0;
        double answered = 0;
        long characters = 0;
        long fresh = 0;
        for (Turn part : parts) {
            fresh += part.fresh();
            thinking += part.answers().thinkingTokens(template.perCharacter);
            if (part.answers().thinking() > 0) {
                answered += part.answers().tokens();
                characters += part.answers().characters() + part.answers().thinking();
            }
        }
        double question = fresh * (characters == 0 ? template.perCharacter : answered / characters);
        return Math.abs(grown - question) - Math.abs(grown - question + thinking);
    }

    History trim(long maxTokens) {
        if (tokens == null) {
            return this;
        }
        double left = tokens;
        int gone = 0;
        while (left - leaving(gone) > maxTokens && gone < turns.size() - 1) {
            left -= turns.get(gone++).tokens();
        }
        return gone == 0 ? this : new History(opening, turns.subList(gone, turns.size()), Math.round(left), template);
    }

    /** How many tokens of thinking the next prompt will be without, if it goes as with the prompts before. */
    private double leaving(int gone) {
        return template.dropsThinking <= 0
                ? 0
                : turns.stream()
                        .skip(gone)
                        .mapToDouble(turn -> turn.answers().leaving(template.perCharacter))
                        .sum();
    }

    List<Message> messages() {
        List<Message> all = new ArrayList<>(opening.messages());
        turns.forEach(turn -> all.addAll(turn.messages()));
        return List.copyOf(all);
    }
}
