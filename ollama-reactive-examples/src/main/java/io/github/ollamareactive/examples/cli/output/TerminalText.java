// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** Text that can be shown on a terminal without controlling it. */
final class TerminalText {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7F;
    private static final char PICTURE_OF_DELETE = 0x2421;

    private TerminalText() {}

    /**
     * Replaces control characters: those of ASCII by their pictures, as ESC by {@code \u241B}, those of C1 by the replacement character.
     * Tabs and line ends stay.
     */
    static String visible(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\n' || (c == '\r' && text.startsWith("\n", i + 1));
            if (!Character.isISOControl(c) || c == '\t' || lineEnd) {
                visible.append(c);
            } else if (c < ' ') {
                visible.append((char) (CONTROL_PICTURES + c));
            } else {
                visible.append(c == DELETE ? PICTURE_OF_DELETE : '\uFFFD');
            }
        }
        return visible.toString();
    }
}
