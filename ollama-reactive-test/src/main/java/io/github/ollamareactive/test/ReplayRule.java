// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.json.CanonicalJson;
import io.github.ollamareactive.test.internal.json.JsonPaths;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a recording answers a request with the same method and path but another body. Rules are declared by
 * {@link OllamaTestServer#replayBy} and tried in order.
 */
public final class ReplayRule {

    private final String name;
    private final BiPredicate<JsonNode, JsonNode> test;

    private ReplayRule(String name, BiPredicate<JsonNode, JsonNode> test) {
        this.name = name;
        this.test = test;
    }

    private static ReplayRule same(String name, UnaryOperator<JsonNode> value) {
        return new ReplayRule(name, (recorded, received) -> {
            JsonNode expected = value.apply(recorded);
            // A value that both lack is no evidence.
            return !expected.isMissingNode() && CanonicalJson.same(expected, value.apply(received));
        });
    }

    /**
     * The same {@code model}.
     *
     * @return the rule
     */
    public static ReplayRule model() {
        return field("model");
    }

    /**
     * The same {@code prompt}.
     *
     * @return the rule
     */
    public static ReplayRule prompt() {
        return field("prompt");
    }

    /**
     * The same content of the last user message.
     *
     * @return the rule
     */
    public static ReplayRule lastUserMessage() {
        return same("last user message", JsonPaths::lastUserMessage);
    }

    /**
     * The same value of a field.
     *
     * @param name the name of a top-level field, or a JSON pointer such as {@code /options/seed}
     * @return the rule
     */
    public static ReplayRule field(String name) {
        String pointer = JsonPaths.pointer(requireNonNull(name, "name"));
        return same(name, body -> body.at(pointer));
    }

    /**
     * Any body: method and path suffice.
     *
     * @return the rule
     */
    public static ReplayRule anyBody() {
        return new ReplayRule("any body", (recorded, received) -> true);
    }

    /**
     * This rule and another one at once.
     *
     * @param other the other rule
     * @return the rule
     */
    public ReplayRule and(ReplayRule other) {
        return new ReplayRule(name + " and " + other.name, test.and(other.test));
    }

    boolean matches(JsonNode recordedBody, JsonNode receivedBody) {
        return test.test(recordedBody, receivedBody);
    }

    static String describe(List<ReplayRule> rules) {
        return rules.isEmpty()
                ? "none"
                : String.join(
                        ", then ", rules.stream().map(ReplayRule::toString).toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
