// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.json.CanonicalJson;
import io.github.ollamareactive.test.internal.json.JsonContainment;
import io.github.ollamareactive.test.internal.json.JsonExcerpts;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One condition that a request must meet. */
final class RequestCondition {

    private final String description;
    private final Check check;

    private RequestCondition(String description, Check check) {
        this.description = description;
        this.check = check;
    }

    private interface Check {
        @Nullable
        String difference(ReceivedRequest request, JsonNode body);
    }

    /** A value in the body equals another; both are compared as {@linkplain CanonicalJson canonical} JSON. */
    static RequestCondition equal(String name, UnaryOperator<JsonNode> actualValue, Object value) {
        JsonNode expected = CanonicalJson.of(WireJson.JSON.valueToTree(value));
        return new RequestCondition(name + " = " + expected, (request, body) -> {
            JsonNode actual = actualValue.apply(body);
            return CanonicalJson.of(actual).equals(expected)
                    ? null
                    : difference(name, JsonExcerpts.of(expected, actual));
        });
    }

    /** A value in the body means the same as another: {@code canonical} brings both into one form. */
    static RequestCondition equivalent(
            String name, UnaryOperator<JsonNode> actualValue, UnaryOperator<JsonNode> canonical, JsonNode expected) {
        return new RequestCondition(name + " = " + expected, (request, body) -> {
            JsonNode actual = actualValue.apply(body);
            return canonical.apply(actual).equals(canonical.apply(expected))
                    ? null
                    : difference(name, JsonExcerpts.of(expected, actual));
        });
    }

    /** A text in the body meets a condition, such as {@code contains "x"}. */
    static RequestCondition text(
            String name, UnaryOperator<JsonNode> actualValue, String condition, Predicate<String> test) {
        return new RequestCondition(name + " " + condition, (request, body) -> {
            JsonNode actual = actualValue.apply(body);
            return actual.isString() && test.test(actual.stringValue())
                    ? null
                    : name + ": expected one that " + condition + " but was " + WireJson.excerpt(actual);
        });
    }

    /** Something that must be somewhere in the body. */
    static RequestCondition present(String name, Predicate<JsonNode> test, Function<JsonNode, String> actual) {
        return new RequestCondition(
                "a " + name,
                (request, body) -> test.test(body) ? null : "expected a " + name + " but " + actual.apply(body));
    }

    private static String difference(String name, JsonExcerpts excerpts) {
        return name + ": expected " + excerpts.expected() + " but was " + excerpts.actual();
    }

    static RequestCondition absent(String name, UnaryOperator<JsonNode> actualValue) {
        return new RequestCondition("no " + name, (request, body) -> {
            JsonNode actual = actualValue.apply(body);
            return actual.isMissingNode() || actual.isNull()
                    ? null
                    : name + ": expected none but was " + WireJson.excerpt(actual);
        });
    }

    static RequestCondition containing(JsonNode part) {
        return new RequestCondition(
                "body containing " + part, (request, body) -> JsonContainment.difference(part, body));
    }

    static RequestCondition header(String name, String value) {
        return new RequestCondition("header " + name + ": " + value, (request, body) -> {
            String actual = request.header(name).orElse("absent");
            return actual.equals(value) ? null : difference("header " + name, JsonExcerpts.of(value, actual));
        });
    }

    static RequestCondition of(String description, Predicate<ReceivedRequest> test) {
        return new RequestCondition(
                description, (request, body) -> test.test(request) ? null : "expected: " + description);
    }

    /** Describes how the request differs; null when it meets the condition. */
    @Nullable
    String difference(ReceivedRequest request, JsonNode body) {
        return check.difference(request, body);
    }

    @Override
    public String toString() {
        return description;
    }
}
