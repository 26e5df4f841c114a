// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.ModelOptions;
import java.util.ArrayList;
import java.util.List;

/** Parses model options given as {@code name=value}. A value is JSON if it parses as JSON, otherwise it is a string. */
public final class OptionAssignments {
    private static final String STOP = "stop";

    private OptionAssignments() {}

    /**
     * Parses assignments in order. Repeated values of {@code stop} are collected; of any other option the last value wins.
     *
     * @param assignments the assignments, such as {@code temperature=0}
     * @return the options
     * @throws UsageException if one of them is not an assignment
     */
    public static ModelOptions parse(List<String> assignments) {
        ModelOptions options = ModelOptions.create();
        List<JsonValue> stopSequences = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new UsageException("'" + assignment + "' is not a model option of the form name=value");
            }
            String name = assignment.substring(0, equals);
            String value = assignment.substring(equals + 1);
            if (name.equals(STOP)) {
                stopSequences.addAll(parseStopSequences(value));
                options = options.with(STOP, stopSequences);
            } else {
                options = options.with(name, parseValue(value));
            }
        }
        return options;
    }

    /** The server accepts only a list of strings: a single value becomes a list, and a value of another type a string. */
    private static List<JsonValue> parseStopSequences(String text) {
        JsonValue value = parseValue(text);
        if (value instanceof JsonArray list) {
            return list.items();
        }
        return List.of(value instanceof JsonString ? value : new JsonString(text));
    }

    private static JsonValue parseValue(String text) {
        try {
            return JsonValue.parse(text);
        } catch (IllegalArgumentException e) {
            return new JsonString(text);
        }
    }
}
