// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import io.github.ollamareactive.test.internal.json.WireJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A value of a script and its place, which errors name. */
record ScriptValue(String source, String pointer, JsonNode node) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)|0");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;

    ScriptValue child(String name, JsonNode value) {
        return new ScriptValue(source, pointer + "/" + name.replace("~", "~0").replace("/", "~1"), value);
    }

    ScriptException invalid(String problem) {
        return new ScriptException(source, pointer, problem);
    }

    private ScriptException expected(String what) {
        return invalid("expected " + what + " but was " + WireJson.excerpt(node));
    }

    /** What the supplier gives. Its complaints about arguments become errors at this place. */
    <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (ScriptException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    ScriptObject object(String... knownNames) {
        if (!(node instanceof ObjectNode fields)) {
            throw expected("an object with " + String.join(", ", knownNames));
        }
        return ScriptObject.of(this, fields, List.of(knownNames));
    }

    List<ScriptValue> elements() {
        if (!node.isArray()) {
            throw expected("a list");
        }
        List<ScriptValue> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(child(Integer.toString(elements.size()), element));
        }
        return elements;
    }

    /** The elements of a list, or this value alone. */
    List<ScriptValue> elementsOrSelf() {
        return node.isArray() ? elements() : List.of(this);
    }

    /** The fields of an object that may have any names, in order. */
    Map<String, ScriptValue> fields() {
        if (!(node instanceof ObjectNode object)) {
            throw expected("an object");
        }
        Map<String, ScriptValue> fields = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> fields.put(name, child(name, value)));
        return fields;
    }

    String text() {
        if (!node.isString()) {
            throw expected("a text");
        }
        return node.stringValue();
    }

    boolean flag() {
        if (!node.isBoolean()) {
            throw expected("true or false");
        }
        return node.booleanValue();
    }

    /** A whole number that is not negative. The command line's are texts. */
    long wholeNumber() {
        String digits = node.isString() ? node.stringValue() : node.toString();
        if (!WHOLE_NUMBER.matcher(digits).matches()) {
            throw expected("a whole number, not negative");
        }
        return Long.parseLong(digits);
    }

    int intNumber() {
        long number = wholeNumber();
        if (number > Integer.MAX_VALUE) {
            throw expected("a whole number up to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    int status() {
        long status = wholeNumber();
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw expected("a status from " + MIN_STATUS + " to " + MAX_STATUS);
        }
        return (int) status;
    }

    double number() {
        try {
            return new BigDecimal(node.isString() ? node.stringValue() : node.toString()).doubleValue();
        } catch (NumberFormatException e) {
            throw expected("a number");
        }
    }

    /** A text such as {@code 300ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, or 0. Other numbers have no unit to guess. */
    Duration duration() {
        Matcher matcher = DURATION.matcher(node.isString() ? node.stringValue() : node.toString());
        if (!matcher.matches()) {
            throw expected("a duration such as \"300ms\", \"1.5s\", \"2m\", \"1h\"");
        }
        String unit = matcher.group(2);
        if (unit == null) {
            return Duration.ZERO;
        }
        long millis = switch (unit) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1000;
        };
        BigDecimal nanos = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millis))
                .movePointRight(6);
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw expected("a duration up to 292 years");
        }
        return Duration.ofNanos(nanos.longValue());
    }
}
