// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The times of {@code keep_alive}: numbers of seconds, or texts with units such as {@code 1h30m}. */
public final class KeepAliveTimes {

    /** A number and its unit. */
    public static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(h|ms|m|s|us|[\u00b5\u03bc]s|ns)");

    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|(?:" + PART.pattern() + ")+)");
    private static final Map<String, BigDecimal> SECONDS = Map.of(
            "h", new BigDecimal(3600),
            "m", new BigDecimal(60),
            "s", BigDecimal.ONE,
            "ms", new BigDecimal("0.001"),
            "ns", new BigDecimal("0.000000001"));
    private static final BigDecimal MICRO = new BigDecimal("0.000001");
    /** Clients send the longest time that Go knows for "for ever", which a negative time means, too. */
    private static final BigDecimal LONGEST = new BigDecimal("9223372036");

    private KeepAliveTimes() {}

    public static boolean isUnit(String text) {
        return PART.matcher('1' + text).matches();
    }

    /** The number of seconds, -1 for ever; a value that is no time stays as it is. */
    public static JsonNode canonical(JsonNode time) {
        if (time.isNumber()) {
            return seconds(time.decimalValue());
        }
        if (!time.isString() || !WHOLE.matcher(time.stringValue()).matches()) {
            return time;
        }
        String text = time.stringValue();
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.add(new BigDecimal(part.group(1)).multiply(SECONDS.getOrDefault(part.group(2), MICRO)));
        }
        return seconds(text.startsWith("-") ? sum.negate() : sum);
    }

    /** The same for a duration. */
    public static JsonNode canonical(Duration time) {
        return seconds(BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9)));
    }

    private static JsonNode seconds(BigDecimal seconds) {
        boolean forEver = seconds.signum() < 0 || seconds.compareTo(LONGEST) >= 0;
        return CanonicalJson.number(forEver ? BigDecimal.ONE.negate() : seconds);
    }
}
