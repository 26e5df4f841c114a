// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/**
 * When a recording answers a request of its method and path whose body is not the recorded one. Declared by
 * {@link OllamaTestServer#replayBy}, tried in order.
 */
public final class ReplayRule {

    private final String name;
    private final BiPredicate<JsonNode, JsonNode> test;

    private ReplayRule(String name, BiPredicate<JsonNode, JsonNode> test) {
        this.name = name;
        this.test = test;
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
     * The same words of the user's last message.
     *
     * @return the rule
     */
    public static ReplayRule lastUserMessage() {
        var last = RequestCondition.lastUserMessage();
        return new ReplayRule("last user message", (recorded, asked) -> same(last.apply(recorded), last.apply(asked)));
    }

    /**
     * The same value of a field.
     *
     * @param name the field's name or JSON pointer, as {@code /options/seed}
     * @return the rule
     */
    public static ReplayRule field(String name) {
        var at = RequestCondition.at(RequestCondition.pointer(requireNonNull(name, "name")));
        return new ReplayRule(name, (recorded, asked) -> same(at.apply(recorded), at.apply(asked)));
    }

    /**
     * Any body: method and path are enough.
     *
     * @return the rule
     */
    public static ReplayRule anyBody() {
        return new ReplayRule("any body", (recorded, asked) -> true);
    }

    /**
     * This and another together.
     *
     * @param other the other
     * @return the rule
     */
    public ReplayRule and(ReplayRule other) {
        return new ReplayRule(
                name + " and " + other.name,
                (recorded, asked) -> test.test(recorded, asked) && other.test.test(recorded, asked));
    }

    /** What both lack is not the same. */
    private static boolean same(JsonNode recorded, JsonNode asked) {
        return !recorded.isMissingNode()
                && Objects.equals(CanonicalJson.canonical(recorded), CanonicalJson.canonical(asked));
    }

    boolean matches(JsonNode recorded, ReceivedRequest request) {
        return test.test(recorded, WireJson.bodyOf(request));
    }

    static String words(List<ReplayRule> rules) {
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
