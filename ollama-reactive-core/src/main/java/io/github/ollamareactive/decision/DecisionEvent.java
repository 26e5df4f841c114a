// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.decision;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of {@code decide}: an answer to each question, in the order of the questions, then one {@link Done}. */
public sealed interface DecisionEvent extends OllamaEvent {

    /**
     * The option that applies.
     *
     * @param question the question's name
     * @param choice the most probable option
     * @param probabilities how probable each option is, 0 to 1, in the order of the wire
     * @param confidence how much the probabilities favour one option, 0 to 1; null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Choice(
            String question,
            String choice,
            Map<String, Double> probabilities,
            @Nullable Double confidence,
            JsonObject extras)
            implements DecisionEvent {
        /**
         * Copies the map.
         *
         * @param question see the record
         * @param choice see the record
         * @param probabilities see the record
         * @param confidence see the record
         * @param extras see the record
         */
        public Choice {
            probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        }
    }

    /**
     * How probable a yes is.
     *
     * @param question the question's name
     * @param probability 0 for no to 1 for yes ({@code noul})
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record YesNo(String question, double probability, JsonObject extras) implements DecisionEvent {}

    /**
     * Where on the scale it is.
     *
     * @param question the question's name
     * @param score the mean of the steps by their probabilities: 0 to the number of steps less 1
     * @param steps the descriptions of the steps, the lowest first ({@code legend})
     * @param probabilities how probable each step is, 0 to 1, the lowest first
     * @param confidence how much the probabilities favour one step, 0 to 1; null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Score(
            String question,
            double score,
            List<String> steps,
            List<Double> probabilities,
            @Nullable Double confidence,
            JsonObject extras)
            implements DecisionEvent {
        /**
         * Copies the lists.
         *
         * @param question see the record
         * @param score see the record
         * @param steps see the record
         * @param probabilities see the record
         * @param confidence see the record
         * @param extras see the record
         */
        public Score {
            steps = List.copyOf(steps);
            probabilities = List.copyOf(probabilities);
        }
    }

    /**
     * An answer of a type that the library doesn't know.
     *
     * @param question the question's name
     * @param answer the whole answer
     */
    record Other(String question, JsonObject answer) implements DecisionEvent {}

    /**
     * The server gave no answer to a question.
     *
     * @param question the question's name
     */
    record Unanswered(String question) implements DecisionEvent {}

    /**
     * The end: its last event.
     *
     * @param model the model's name as sent; null when absent
     * @param inputTokens tokens read, over all questions ({@code usage.input_tokens}); null when absent
     * @param outputTokens tokens generated, over all questions, possibly 0 ({@code usage.output_tokens}); null when absent
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Done(
            @Nullable String model,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            JsonObject extras) implements DecisionEvent {}
}
