// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReplayRule;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.StringNode;

/**
 * Faults, paces, chunkings and replay rules as texts, as a script and a command line have them: a name, and behind a colon
 * the parameters between commas: {@code stallAfter:3,2s}. Durations have the unit {@code ms}, {@code s}, {@code m} or
 * {@code h}. An invalid text is a {@link ScriptException} that lists what there is.
 */
public final class TextForms {

    private static final Pattern PLUS = Pattern.compile("\\+");

    private TextForms() {}

    /**
     * Reads a fault.
     *
     * @param text such as {@code errorLineAfter:2,out of memory}
     * @return the fault
     */
    public static Fault fault(String text) {
        return Vocabularies.FAULTS.read(value("fault", text));
    }

    /**
     * Reads a pace.
     *
     * @param text such as {@code recorded} or {@code every:50ms}
     * @return the pace
     */
    public static Pace pace(String text) {
        return Vocabularies.PACES.read(value("pace", text));
    }

    /**
     * Reads a chunking.
     *
     * @param text such as {@code oneByte} or {@code random:7}
     * @return the chunking
     */
    public static Chunking chunking(String text) {
        return Vocabularies.CHUNKINGS.read(value("chunking", text));
    }

    /**
     * Reads a replay rule.
     *
     * @param text such as {@code lastUserMessage} or {@code field:/options/seed}; rules that must hold together are joined
     *     by {@code +}: {@code model+prompt}
     * @return the rule
     */
    public static ReplayRule replayRule(String text) {
        return Arrays.stream(PLUS.split(requireNonNull(text, "text"), -1))
                .map(part -> Vocabularies.REPLAY_RULES.read(value("replay rule", part)))
                .reduce(ReplayRule::and)
                .orElseThrow();
    }

    /**
     * All faults.
     *
     * @return their names with their parameters
     */
    public static List<String> faults() {
        return Vocabularies.FAULTS.forms();
    }

    /**
     * All paces.
     *
     * @return their names with their parameters
     */
    public static List<String> paces() {
        return Vocabularies.PACES.forms();
    }

    /**
     * All chunkings.
     *
     * @return their names with their parameters
     */
    public static List<String> chunkings() {
        return Vocabularies.CHUNKINGS.forms();
    }

    /**
     * All replay rules.
     *
     * @return their names with their parameters
     */
    public static List<String> replayRules() {
        return Vocabularies.REPLAY_RULES.forms();
    }

    private static ScriptValue value(String kind, String text) {
        return new ScriptValue(kind + " '" + requireNonNull(text, "text") + "'", "", StringNode.valueOf(text));
    }
}
