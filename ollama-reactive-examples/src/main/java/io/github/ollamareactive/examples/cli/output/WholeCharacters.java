// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** Text without halves of characters, which UTF-8 can't encode. */
final class WholeCharacters {
    private static final int REPLACEMENT = 0xFFFD;

    private WholeCharacters() {}

    /** Replaces each surrogate that has no partner by the replacement character. */
    static String of(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
