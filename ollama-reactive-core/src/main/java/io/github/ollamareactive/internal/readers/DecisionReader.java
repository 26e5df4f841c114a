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
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return switch (String.valueOf(fields.text("type"))) {
            case "choice" -> choice(name, fields);
            case "noul" -> new YesNo(name, required(name, "noul", fields), fields.extras());
            case "score" -> score(name, fields);
            default -> new Other(name, answer);
        };
    }

    private static Choice choice(String name, Fields fields) {
        String choice = fields.requiredText("choice");
        Map<String, Double> probabilities = new LinkedHashMap<>();
        JsonObject all = fields.tree("probabilities");
        if (all != null) {
            all.fields().forEach((option, value) -> probabilities.put(option, number(name, "probabilities", value)));
        }
        return new Choice(name, choice, probabilities, optional(name, "confidence", fields), fields.extras());
    }

    private static Score score(String name, Fields fields) {
        double score = required(name, "score", fields);
        List<String> steps = new ArrayList<>();
        byIndex(fields.tree("legend")).forEach(step -> steps.add(step.asString()));
        List<Double> probabilities = new ArrayList<>();
        byIndex(fields.tree("probabilities")).forEach(each -> probabilities.add(number(name, "probabilities", each)));
        return new Score(name, score, steps, probabilities, optional(name, "confidence", fields), fields.extras());
    }

    /** The values of an object whose names are the numbers from 0. */
    private static List<JsonValue> byIndex(@Nullable JsonObject object) {
        List<JsonValue> values = new ArrayList<>();
        if (object != null) {
            for (JsonValue value = object.get("0"); value != null; value = object.get(String.valueOf(values.size()))) {
                values.add(value);
            }
        }
        return values;
    }

    private static double required(String question, String field, Fields fields) {
        Double number = optional(question, field, fields);
        if (number == null) {
            throw new MalformedFrame("the answer to '" + question + "' has no '" + field + "'", null);
        }
        return number;
    }

    private static @Nullable Double optional(String question, String field, Fields fields) {
        JsonValue value = fields.any(field);
        return value == null ? null : number(question, field, value);
    }

    private static double number(String question, String field, JsonValue value) {
        if (value instanceof JsonNumber number) {
            return Double.parseDouble(number.literal());
        }
        throw new MalformedFrame("'" + field + "' in the answer to '" + question + "' is no number", null);
    }
}
