// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import io.github.ollamareactive.test.internal.json.KeepAliveTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The values of {@code keep_alive}; what is no time is refused in the words of Go's parser. */
public final class KeepAlive {

    /** The longest Go duration, 292 years. */
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /** Right parts, then a number and what stands where its unit should. */
    private static final Pattern WRONG_UNIT =
            Pattern.compile("[-+]?(?:" + KeepAliveTimes.PART + ")*(?:\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");

    private KeepAlive() {}

    /** Empty when the field is absent. */
    public static Optional<Duration> of(JsonNode value) {
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode seconds = KeepAliveTimes.canonical(value);
        if (!seconds.isNumber()) {
            throw Refusal.of(400, problem(value));
        }
        return Optional.of(
                seconds.decimalValue().signum() < 0
                        ? FOREVER
                        : Duration.ofNanos(
                                seconds.decimalValue().movePointRight(9).longValue()));
    }

    private static String problem(JsonNode value) {
        if (!value.isString()) {
            String type = value.isBoolean() ? "bool" : value.isArray() ? "[]interface {}" : "map[string]interface {}";
            return "Unsupported type: '" + type + "'";
        }
        String text = value.stringValue();
        Matcher wrong = WRONG_UNIT.matcher(text);
        String unit = wrong.lookingAt() ? wrong.group(3) : null;
        if (unit == null || KeepAliveTimes.isUnit(unit)) {
            return "time: invalid duration \"" + text + '"';
        }
        return unit.isEmpty()
                ? "time: missing unit in duration \"" + text + '"'
                : "time: unknown unit \"" + unit + "\" in duration \"" + text + '"';
    }
}
