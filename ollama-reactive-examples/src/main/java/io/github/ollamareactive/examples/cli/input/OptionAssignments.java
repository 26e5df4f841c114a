// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.ModelOptions;
import java.util.ArrayList;
import java.util.List;

/** Model options as {@code name=value}: JSON where the value parses, else text. */
public final class OptionAssignments {
    private static final String STOP = "stop";

    private OptionAssignments() {}

    /**
     * Reads the assignments, in order. {@code stop} adds up, of all others the last wins.
     *
     * @param assignments as {@code temperature=0}
     * @return the options
     * @throws UsageException when one is no assignment
     */
    public static ModelOptions read(List<String> assignments) {
        ModelOptions options = ModelOptions.create();
        List<JsonValue> stops = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new UsageException("'" + assignment + "' is no model option, as name=value");
            }
            String name = assignment.substring(0, equals);
            String text = assignment.substring(equals + 1);
            if (name.equals(STOP)) {
                stops.addAll(stops(text));
                options = options.with(STOP, stops);
            } else {
                options = options.with(name, json(text));
            }
        }
        return options;
    }

    /** The server takes a list of texts and nothing else, so a single text becomes one, and a number is a text here. */
    private static List<JsonValue> stops(String text) {
        JsonValue value = json(text);
        if (value instanceof JsonArray list) {
            return list.items();
        }
        return List.of(value instanceof JsonString ? value : new JsonString(text));
    }

    private static JsonValue json(String text) {
        try {
            return JsonValue.parse(text);
        } catch (IllegalArgumentException e) {
            return new JsonString(text);
        }
    }
}
