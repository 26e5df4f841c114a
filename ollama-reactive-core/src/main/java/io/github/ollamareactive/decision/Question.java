// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.decision;

import static io.github.ollamareactive.protocol.Arguments.all;
import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.RequestFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question that a decision model answers: which of several options, yes or no, or where on a scale. */
public final class Question extends RequestFields<Question> {
    /** How many options a choice, and how many steps a score may have: 2 to this number. */
    public static final int MAX_OPTIONS = 26;

    private Question(JsonObject fields) {
        super(fields);
    }

    /**
     * Which of several options applies (type {@code choice}). The order of the options matters for ties.
     *
     * @param instructions what is asked
     * @param options the options, 2 to 26
     * @return the question
     * @throws IllegalArgumentException when the instructions or an option are empty, an option is there twice, or their number is out of
     *     range
     */
    public static Question choice(String instructions, String... options) {
        required("instructions", instructions);
        Map<String, @Nullable String> descriptions = new LinkedHashMap<>();
        for (String option : all("options", options)) {
            descriptions.put(option, null);
        }
        if (descriptions.size() != options.length) {
            throw new IllegalArgumentException("options: the same option twice");
        }
        return choice(instructions, descriptions);
    }

    /**
     * Which of several options applies (type {@code choice}), with descriptions.
     *
     * @param instructions what is asked
     * @param options the options, 2 to 26, in iteration order, each with its description; null where the option describes itself
     * @return the question
     * @throws IllegalArgumentException when the instructions or an option are empty, or their number is out of range
     */
    public static Question choice(String instructions, Map<String, @Nullable String> options) {
        Question question = of("choice", instructions);
        checkNumber("options", requireNonNull(options, "options").size());
        JsonObject criteria = JsonObject.EMPTY;
        for (Map.Entry<String, @Nullable String> option : options.entrySet()) {
            String description = option.getValue();
            criteria = criteria.with(
                    required("an option", option.getKey()),
                    description == null ? JsonNull.NULL : new JsonString(description));
        }
        return question.with("criteria", criteria);
    }

    /**
     * Whether something is so (type {@code noul}).
     *
     * @param instructions what is asked
     * @return the question
     * @throws IllegalArgumentException when the instructions are empty
     */
    public static Question yesNo(String instructions) {
        return of("noul", instructions);
    }

    /**
     * Whether something is so (type {@code noul}), with descriptions of both.
     *
     * @param instructions what is asked
     * @param no what speaks against it ({@code criteria.false}); the server's default is {@code No}
     * @param yes what speaks for it ({@code criteria.true}); the server's default is {@code Yes}
     * @return the question
     * @throws IllegalArgumentException when the instructions are empty
     */
    public static Question yesNo(String instructions, String no, String yes) {
        return yesNo(instructions)
                .with(
                        "criteria",
                        JsonObject.EMPTY
                                .with("false", requireNonNull(no, "no"))
                                .with("true", requireNonNull(yes, "yes")));
    }

    /**
     * Where something is on a scale (type {@code score}).
     *
     * @param instructions what is asked
     * @param steps descriptions of the steps, the lowest first, 2 to 26
     * @return the question
     * @throws IllegalArgumentException when the instructions are empty or the number of steps is out of range
     */
    public static Question score(String instructions, String... steps) {
        Question question = of("score", instructions);
        List<String> all = all("steps", steps);
        checkNumber("steps", all.size());
        List<JsonValue> criteria = all.stream().<JsonValue>map(JsonString::new).toList();
        return question.with("criteria", new JsonArray(criteria));
    }

    private static Question of(String type, String instructions) {
        return new Question(
                JsonObject.EMPTY.with("type", type).with("instructions", required("instructions", instructions)));
    }

    private static void checkNumber(String name, int number) {
        if (number < 2 || number > MAX_OPTIONS) {
            throw new IllegalArgumentException(name + ": there must be 2 to " + MAX_OPTIONS + ", not " + number);
        }
    }

    @Override
    protected Question copy(JsonObject fields) {
        return new Question(fields);
    }
}
