// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The values of {@code keep_alive}: seconds or a Go duration; a negative value keeps the model loaded for ever. */
public final class KeepAlive {

    /** The longest Go duration, 292 years. */
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private static final Pattern WHOLE = Pattern.compile("[+-]?(?:0|(?:\\d*\\.?\\d+(?:ns|us|µs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("(\\d*\\.?\\d+)(ns|us|µs|ms|s|m|h)");

    private KeepAlive() {}

    /** Empty when the field is absent. */
    public static Optional<Duration> of(JsonNode value) {
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            double seconds = value.asDouble();
            return Optional.of(seconds < 0 ? FOREVER : Duration.ofNanos((long) (seconds * 1e9)));
        }
        if (!value.isString()) {
            throw Refusal.of(400, "Unsupported type: '" + value.getNodeType() + "'");
        }
        return Optional.of(parse(value.asString()));
    }

    private static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            String problem = text.matches("[+-]?\\d+\\.?\\d*") ? "missing unit in" : "invalid";
            throw Refusal.of(400, "time: " + problem + " duration \"" + text + "\"");
        }
        if (text.startsWith("-")) {
            return FOREVER;
        }
        double nanos = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos += Double.parseDouble(part.group(1)) * nanosPer(part.group(2));
        }
        return Duration.ofNanos((long) nanos);
    }

    private static double nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 1e3;
        };
    }
}
