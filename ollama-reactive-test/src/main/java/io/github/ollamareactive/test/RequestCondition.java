// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One thing that a request must have. */
final class RequestCondition {

    private static final int MOST = 200;

    private final String words;
    private final Check check;

    private RequestCondition(String words, Check check) {
        this.words = words;
        this.check = check;
    }

    /** Gives what is different, in words; null when nothing is. */
    interface Check {
        @Nullable
        String difference(ReceivedRequest request, JsonNode body);
    }

    static RequestCondition equal(String what, Function<JsonNode, JsonNode> where, Object value) {
        JsonNode expected = CanonicalJson.canonical(WireJson.JSON.valueToTree(value));
        return new RequestCondition(what + " = " + expected, (request, body) -> {
            JsonNode actual = where.apply(body);
            return CanonicalJson.canonical(actual).equals(expected)
                    ? null
                    : what + ": expected " + shortened(expected) + " but was " + shortened(actual);
        });
    }

    static RequestCondition absent(String what, Function<JsonNode, JsonNode> where) {
        return new RequestCondition("no " + what, (request, body) -> {
            JsonNode actual = where.apply(body);
            return actual.isMissingNode() || actual.isNull()
                    ? null
                    : what + ": expected none but was " + shortened(actual);
        });
    }

    static RequestCondition containing(JsonNode part) {
        return new RequestCondition(
                "body containing " + part, (request, body) -> JsonContainment.difference("", part, body));
    }

    static RequestCondition header(String name, String value) {
        return new RequestCondition("header " + name + ": " + value, (request, body) -> {
            String actual = request.header(name).orElse("absent");
            return actual.equals(value) ? null : "header " + name + ": expected " + value + " but was " + actual;
        });
    }

    static RequestCondition of(String words, Predicate<ReceivedRequest> test) {
        return new RequestCondition(words, (request, body) -> test.test(request) ? null : "expected: " + words);
    }

    static Function<JsonNode, JsonNode> at(String pointer) {
        return body -> body.at(pointer);
    }

    static Function<JsonNode, JsonNode> lastUserMessage() {
        return body -> {
            JsonNode last = WireJson.JSON.missingNode();
            for (JsonNode message : body.path("messages")) {
                if (message.path("role").asString("").equals("user")) {
                    last = message.path("content");
                }
            }
            return last;
        };
    }

    /** A bare name is a field of the document itself. */
    static String pointer(String name) {
        return name.startsWith("/") ? name : "/" + name;
    }

    static String shortened(JsonNode value) {
        if (value.isMissingNode()) {
            return "absent";
        }
        String text = value.toString();
        return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
    }

    @Nullable
    String difference(ReceivedRequest request, JsonNode body) {
        return check.difference(request, body);
    }

    String words() {
        return words;
    }
}
