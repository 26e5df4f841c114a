// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.decision.DecisionEvent.Choice;
import io.github.ollamareactive.decision.DecisionEvent.Done;
import io.github.ollamareactive.decision.DecisionEvent.Other;
import io.github.ollamareactive.decision.DecisionEvent.Score;
import io.github.ollamareactive.decision.DecisionEvent.Unanswered;
import io.github.ollamareactive.decision.DecisionEvent.YesNo;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The document of {@code POST /v1/systemone} to events: an answer to each question, in the order of the questions. */
public final class DecisionReader {
    private DecisionReader() {}

    /**
     * A reader for one answer.
     *
     * @param questions the questions by name
     * @return the reader
     */
    public static EventReader<DecisionEvent> of(JsonObject questions) {
        return new FieldsReader<>(EventReaders.DOCUMENT, (fields, events) -> {
            events(questions, fields).forEach(events::next);
            return true;
        });
    }

    private static List<DecisionEvent> events(JsonObject questions, Fields fields) {
        JsonObject answers = fields.tree("answers");
        if (answers == null) {
            throw new MalformedFrame("field 'answers' is missing", null);
        }
        Set<String> names = new LinkedHashSet<>(questions.fields().keySet());
        names.addAll(answers.fields().keySet());
        List<DecisionEvent> events = new ArrayList<>();
        for (String name : names) {
            JsonValue answer = answers.get(name);
            events.add(answer == null ? new Unanswered(name) : answer(name, Fields.objectOf(answer)));
        }
        Fields usage = fields.inner("usage");
        events.add(new Done(
                fields.text("model"),
                usage == null ? null : usage.number("input_tokens"),
                usage == null ? null : usage.number("output_tokens"),
                fields.extras()));
        return events;
    }

    private static DecisionEvent answer(String name, JsonObject answer) {
        Fields fields = new Fields(answer);
        try {
            return switch (String.valueOf(fields.text("type"))) {
                case "choice" ->
                    new Choice(
                            name,
                            fields.requiredText("choice"),
                            probabilities(fields.inner("probabilities")),
                            fields.real("confidence"),
                            fields.extras());
                case "noul" -> new YesNo(name, fields.requiredReal("noul"), fields.extras());
                case "score" -> score(name, fields);
                default -> new Other(name, answer);
            };
        } catch (MalformedFrame e) {
            throw new MalformedFrame("the answer to '" + name + "': " + e.problem(), e.getCause());
        }
    }

    static Map<String, Double> probabilities(@Nullable Fields options) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        if (options != null) {
            options.names().forEach(option -> probabilities.put(option, options.requiredReal(option)));
        }
        return probabilities;
    }

    private static Score score(String name, Fields fields) {
        Fields steps = fields.inner("legend");
        Fields probabilities = fields.inner("probabilities");
        return new Score(
                name,
                fields.requiredReal("score"),
                steps == null ? List.of() : byIndex(steps, steps::requiredText),
                probabilities == null ? List.of() : byIndex(probabilities, probabilities::requiredReal),
                fields.real("confidence"),
                fields.extras());
    }

    /** The values of an object whose names are the numbers from 0. */
    private static <T> List<T> byIndex(Fields object, Function<String, T> value) {
        return Stream.iterate(0, index -> index + 1)
                .map(String::valueOf)
                .takeWhile(object::has)
                .map(value)
                .toList();
    }
}
