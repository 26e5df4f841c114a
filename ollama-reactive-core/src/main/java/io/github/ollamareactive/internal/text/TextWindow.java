// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** The part of a text that is still needed. Places are counted from the beginning of the whole text, so they stay valid. */
public final class TextWindow {
    private static final int SMALL = 64;
    private static final int LARGE = 1 << 16;

    private char[] characters = new char[SMALL];
    private int length;
    private long base;

    /** Where the unfinished segment begins. */
    public long start;

    /** How many characters were copied or looked at again, for the test that this grows with the text only. */
    public long work;

    public void append(String piece) {
        int room = piece.length();
        if (room > characters.length - length) {
            makeRoom(room);
        }
        piece.getChars(0, room, characters, length);
        length += room;
        work += room;
    }

    /** Moves the text to the front where that makes room enough and moves less than half; else takes more memory. */
    private void makeRoom(int room) {
        int used = (int) (start - base);
        int kept = length - used;
        char[] to = kept + room <= characters.length && kept < used
                ? characters
                : new char[Math.max(kept + room, Math.multiplyExact(kept, 2))];
        System.arraycopy(characters, used, to, 0, kept);
        work += kept;
        characters = to;
        length = kept;
        base = start;
    }

    public long end() {
        return base + length;
    }

    public char charAt(long place) {
        return characters[(int) (place - base)];
    }

    public String substring(long from, long to) {
        work += to - from;
        return new String(characters, (int) (from - base), (int) (to - from));
    }

    /** Takes the characters from the start to this place out. */
    public String take(long to) {
        String taken = substring(start, to);
        start = to;
        if (start == end()) {
            length = 0;
            base = start;
            if (characters.length > LARGE) {
                characters = new char[SMALL];
            }
        }
        return taken;
    }
}
