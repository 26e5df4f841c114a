// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.time.Duration;

/** Formats times relative to now as the {@code ollama} program does: {@code 2 hours ago}, {@code 4 minutes from now}. */
public final class RelativeTime {
    private static final int FOREVER_YEARS = 20;

    private RelativeTime() {}

    /**
     * Formats a relative time.
     *
     * @param age the time since then; negative for a time in the future
     * @return the relative time in words
     */
    public static String format(Duration age) {
        if (age.toDays() / 365 < -FOREVER_YEARS) {
            return "Forever";
        }
        return age.isNegative() ? inWords(age.negated()) + " from now" : inWords(age) + " ago";
    }

    private static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return "Less than a second";
        } else if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        long minutes = duration.toMinutes();
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = Math.round(seconds / 3600.0);
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        } else if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        } else if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        } else if (hours < 24 * 365 * 2) {
            return hours / 24 / 30 + " months";
        }
        return duration.toDays() / 365 + " years";
    }
}
