// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as Ollama's own program takes them: {@code 300ms}, {@code 1.5s}, {@code 2h45m}; a bare number is seconds. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final String NUMBER = "([0-9]+\\.?[0-9]*|\\.[0-9]+)";
    private static final Pattern SECONDS = Pattern.compile("[-+]?" + NUMBER);
    private static final Pattern PART = Pattern.compile(NUMBER + "(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
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
        if (isNumber(text)) {
            return nanos(text, new BigDecimal(text).movePointRight(9));
        }
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        Matcher part = PART.matcher(rest);
        BigDecimal sum = BigDecimal.ZERO;
        int end = 0;
        while (end < rest.length() && part.find(end) && part.start() == end) {
            BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
            sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        if (rest.isEmpty() || end < rest.length()) {
            throw new TypeConversionException("'" + text + "' is no duration, as 300ms, 1.5s, 2h45m or 30 (seconds)");
        }
        return nanos(text, negative ? sum.negate() : sum);
    }

    static boolean isNumber(String text) {
        return SECONDS.matcher(text).matches();
    }

    private static Duration nanos(String text, BigDecimal nanos) {
        try {
            return Duration.ofNanos(nanos.toBigInteger().longValueExact());
        } catch (ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is longer than 292 years");
        }
    }
}
