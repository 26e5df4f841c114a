// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.util.regex.Pattern;

/**
 * Makes a text that a regular expression matches: the first alternative of each group, one character of each class, each
 * repetition as often as it must be, or more often to reach a length. Look-arounds and back references are not understood.
 */
final class PatternInstance {

    /** What is tried for a class of characters. */
    private static final String CANDIDATES = candidates();

    private static final int MAX_LENGTH = 10_000;

    private final String pattern;
    private final int more;
    private final int index;
    private int at;

    private PatternInstance(String pattern, int more, int index) {
        this.pattern = pattern;
        this.more = more;
        this.index = index;
    }

    /**
     * A text.
     *
     * @param least its length at least, if the repetitions allow it
     * @param index which one of several texts that are to differ
     */
    static String of(String pattern, int least, int index) {
        String shortest = new PatternInstance(pattern, 0, index).alternatives();
        int missing = least - shortest.length();
        for (int more = 1; missing > 0 && more <= least; more++) {
            shortest = new PatternInstance(pattern, more, index).alternatives();
            missing = least - shortest.length();
        }
        return shortest;
    }

    private static String candidates() {
        StringBuilder all = new StringBuilder("aA0 -_.");
        for (char c = '!'; c <= '~'; c++) {
            all.append(c);
        }
        return all + "äß中\t\n";
    }

    private String alternatives() {
        String first = sequence();
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            sequence();
        }
        return first;
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
            String atom = atom();
            int times = times();
            text.append(atom.repeat(Math.min(times, MAX_LENGTH)));
        }
        return text.toString();
    }

    private String atom() {
        int from = at;
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '(' -> group();
            case '[' -> {
                skipClass();
                yield oneOf(pattern.substring(from, at));
            }
            case '\\' -> {
                char escaped = pattern.charAt(at++);
                at += escaped == 'u' ? 4 : escaped == 'x' ? 2 : 0;
                if ((escaped == 'p' || escaped == 'P') && pattern.startsWith("{", at)) {
                    at = pattern.indexOf('}', at) + 1;
                }
                yield escaped == 'b' || escaped == 'B' ? "" : oneOf(pattern.substring(from, at));
            }
            case '.' -> oneOf(".");
            default -> String.valueOf(c);
        };
    }

    private String group() {
        skipGroupName();
        String first = alternatives();
        at++;
        return first;
    }

    private void skipGroupName() {
        if (pattern.startsWith("?:", at)) {
            at += 2;
        } else if (pattern.startsWith("?<", at)) {
            at = pattern.indexOf('>', at) + 1;
        }
    }

    private void skipClass() {
        at += pattern.startsWith("^", at) ? 1 : 0;
        at += pattern.startsWith("]", at) ? 1 : 0;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            at += pattern.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private String oneOf(String characterClass) {
        Pattern wanted = Pattern.compile(characterClass);
        String[] fitting = CANDIDATES
                .codePoints()
                .mapToObj(Character::toString)
                .filter(candidate -> wanted.matcher(candidate).matches())
                .distinct()
                .toArray(String[]::new);
        return fitting.length == 0 ? "" : fitting[index % fitting.length];
    }

    private int times() {
        if (at >= pattern.length()) {
            return 1;
        }
        int least = 1;
        int most = 1;
        switch (pattern.charAt(at)) {
            case '*', '+' -> {
                least = pattern.charAt(at++) == '+' ? 1 : 0;
                most = Integer.MAX_VALUE;
            }
            case '?' -> {
                at++;
                least = 0;
            }
            case '{' -> {
                int end = pattern.indexOf('}', at);
                String[] limits = pattern.substring(at + 1, end).split(",", -1);
                at = end + 1;
                least = Integer.parseInt(limits[0].strip());
                most = limits.length == 1
                        ? least
                        : limits[1].isBlank() ? Integer.MAX_VALUE : Integer.parseInt(limits[1].strip());
            }
            default -> {
                return 1;
            }
        }
        at += at < pattern.length() && "?+".indexOf(pattern.charAt(at)) >= 0 ? 1 : 0;
        return (int) Math.min(most, (long) least + more);
    }
}
