// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's document as the server understands it, whichever client spelled it: empty texts, empty objects and false are
 * absent, except where they mean something; {@code name} is the old name of {@code model}; the times of {@code keep_alive}
 * are numbers of seconds, negative ones all alike. What users wrote, such as options, schemas and tools, stays as it is.
 */
public final class RequestDocument {

    /** The defaults of these are not false, or the server tells false from absent. */
    private static final Set<String> FALSE_MEANS_SOMETHING = Set.of("think", "stream", "truncate", "shift");

    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|\u00b5s|ns)");
    private static final Map<String, BigDecimal> SECONDS = Map.of(
            "h", new BigDecimal(3600),
            "m", new BigDecimal(60),
            "s", BigDecimal.ONE,
            "ms", new BigDecimal("0.001"),
            "us", new BigDecimal("0.000001"),
            "\u00b5s", new BigDecimal("0.000001"),
            "ns", new BigDecimal("0.000000001"));
    /** Clients send the longest time that Go knows for "for ever". */
    private static final BigDecimal LONGEST = new BigDecimal("9223372036");

    private RequestDocument() {}

    public static JsonNode of(JsonNode body) {
        if (!(body instanceof ObjectNode given)) {
            return body;
        }
        ObjectNode document = given.deepCopy();
        removeAbsent(document);
        for (JsonNode message : document.path("messages")) {
            if (message instanceof ObjectNode fields) {
                removeAbsent(fields);
            }
        }
        JsonNode name = document.get("name");
        if (name != null && (!document.has("model") || name.equals(document.get("model")))) {
            document.remove("name");
            document.set("model", name);
        }
        if (document.has("keep_alive")) {
            document.set("keep_alive", seconds(document.get("keep_alive")));
        }
        if (document.path("stream").isBoolean() && document.path("stream").booleanValue()) {
            document.remove("stream");
        }
        return document;
    }

    private static void removeAbsent(ObjectNode fields) {
        for (String name : List.copyOf(fields.propertyNames())) {
            if (isAbsent(name, fields.get(name))) {
                fields.remove(name);
            }
        }
    }

    private static boolean isAbsent(String name, JsonNode value) {
        if (value.isBoolean()) {
            return !value.booleanValue() && !FALSE_MEANS_SOMETHING.contains(name);
        }
        return value.isNull()
                || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.stringValue().isEmpty());
    }

    private static JsonNode seconds(JsonNode time) {
        BigDecimal sum = BigDecimal.ZERO;
        if (time.isNumber()) {
            sum = time.decimalValue();
        } else {
            String text = time.asString("").replaceFirst("^[-+]", "");
            Matcher part = TIME.matcher(text);
            int end = 0;
            while (part.find() && part.start() == end) {
                sum = sum.add(new BigDecimal(part.group(1)).multiply(SECONDS.get(part.group(2))));
                end = part.end();
            }
            if (end == 0 || end < text.length()) {
                return text.matches("0+") ? WireJson.JSON.getNodeFactory().numberNode(0) : time;
            }
            sum = time.asString("").startsWith("-") ? sum.negate() : sum;
        }
        boolean forEver = sum.signum() < 0 || sum.compareTo(LONGEST) >= 0;
        return WireJson.JSON.getNodeFactory().numberNode(forEver ? BigDecimal.ONE.negate() : sum);
    }
}
