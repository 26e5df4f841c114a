// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts durations in the format of the {@code ollama} program, which is Go's: {@code 300ms}, {@code 1.5s}, {@code 2h45m}. A
 * number without a unit is a number of seconds.
 */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final String NUMBER = "([0-9]+\\.?[0-9]*|\\.[0-9]+)";
    private static final Pattern UNITLESS = Pattern.compile("[-+]?" + NUMBER);
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile(NUMBER + "(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> UNIT_NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    /** For picocli. */
    public DurationConverter() {}

    @Override
    public Duration convert(String text) {
        return parse(text);
    }

    static Duration parse(String text) {
        if (isUnitless(text)) {
            return toDuration(text, new BigDecimal(text).movePointRight(9));
        }
        boolean negative = text.startsWith("-");
        String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        Matcher part = NUMBER_AND_UNIT.matcher(unsigned);
        BigDecimal sum = BigDecimal.ZERO;
        int end = 0;
        while (end < unsigned.length() && part.find(end) && part.start() == end) {
            BigDecimal unit = BigDecimal.valueOf(UNIT_NANOS.getOrDefault(part.group(2), 0L));
            sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        if (unsigned.isEmpty() || end < unsigned.length()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration such as 300ms, 1.5s, 2h45m or 30 (seconds)");
        }
        return toDuration(text, negative ? sum.negate() : sum);
    }

    /** Whether a text is a number without a unit. */
    static boolean isUnitless(String text) {
        return UNITLESS.matcher(text).matches();
    }

    private static Duration toDuration(String text, BigDecimal nanos) {
        try {
            return Duration.ofNanos(nanos.toBigInteger().longValueExact());
        } catch (ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is longer than 292 years");
        }
    }
}
