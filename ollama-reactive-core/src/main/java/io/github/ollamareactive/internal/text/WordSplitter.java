// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import java.lang.Character.UnicodeScript;
import java.util.stream.IntStream;

/**
 * Cuts words: each with the punctuation at it and the spaces behind it. Between spaces, certain with the first character of the
 * next word; so are Chinese characters by the JDK's rules. Letters of scripts without spaces are shown to a dictionary again every
 * {@value #STEP} letters and when their run is over (at a space, punctuation, another script); until then the last
 * {@value #KEPT} words are kept back, and {@value #KEPT_LETTERS} letters of other scripts than Han and Kana, since what
 * follows may change them.
 */
public final class WordSplitter extends Splitter {
    private static final int STEP = 4;
    private static final int KEPT = 2;

    /** Scripts whose letters make words only several together: half a word looks like several short ones. */
    private static final int KEPT_LETTERS = 12;

    private static final int FIRST_OF_CJK = 0x2E80;

    private enum Type {
        NOTHING,
        SPACE,
        SPACED,
        RUN,
        OPENING,
        OTHER
    }

    private final BreakRules breaks;
    private Type last = Type.NOTHING;
    private boolean space;
    private boolean visible;
    private boolean word;
    private boolean unspaced;
    private long opening = -1;
    private long run = -1;
    private long asked;
    private int step;

    public WordSplitter(TextWindow text, BreakRules breaks) {
        super(text);
        this.breaks = breaks;
    }

    @Override
    void next(int codePoint, long at, boolean boundary) {
        if (!boundary) {
            return;
        }
        Type type = type(codePoint);
        boolean single = type == Type.RUN && breaks.isWord(codePoint);
        if (run >= 0 && (type != Type.RUN || single)) {
            cutRun(at, true);
            run = -1;
        } else if (run >= 0 && at - asked >= step) {
            cutRun(at, false);
            asked = at;
            // Later where much was kept, so that the work grows with the text only.
            step = Math.max(STEP, (int) (at - run) / 2);
        }
        if (type == Type.SPACE) {
            space = visible;
        } else if (space) {
            cut(at);
        } else if (word && beginsWord(type, single)) {
            cut(opening >= 0 ? opening : at);
        }
        if (type == Type.RUN && !single && run < 0) {
            run = at;
            asked = at;
            step = STEP;
        }
        remember(type, single, at);
    }

    /** Whether a word begins here though no space stands before. */
    private boolean beginsWord(Type type, boolean single) {
        return type == Type.RUN ? single || last != Type.RUN : type == Type.SPACED && unspaced;
    }

    private void cut(long at) {
        cuts.add(at);
        space = false;
        word = false;
        unspaced = false;
        opening = -1;
    }

    private void remember(Type type, boolean single, long at) {
        visible |= type != Type.SPACE;
        if (type == Type.SPACED || type == Type.RUN) {
            word = true;
            unspaced = type == Type.RUN;
            opening = -1;
        } else if (type == Type.OPENING) {
            opening = opening < 0 ? at : opening;
        } else {
            opening = -1;
        }
        last = single ? Type.OTHER : type;
    }

    /** Cuts the letters from the run's beginning to this place, but for the last ones where the run goes on. */
    private void cutRun(long end, boolean over) {
        long from = Math.max(run, text.start);
        String letters = text.substring(from, end);
        int[] places = boundaries(letters, breaks.words(letters));
        int most = over ? places.length : places.length - (KEPT - 1);
        int last = over || text.charAt(end - 1) >= FIRST_OF_CJK ? letters.length() : letters.length() - KEPT_LETTERS;
        for (int i = 0; i < most && places[i] <= last; i++) {
            cuts.add(from + places[i]);
            run = from + places[i];
        }
    }

    /** The places that are inside of the text and of no grapheme. */
    private static int[] boundaries(String letters, int[] places) {
        Graphemes graphemes = new Graphemes();
        IntStream.Builder boundaries = IntStream.builder();
        int next = 0;
        for (int i = 0; i < letters.length(); ) {
            int codePoint = letters.codePointAt(i);
            boolean boundary = graphemes.next(codePoint);
            while (next < places.length && places[next] < i) {
                next++;
            }
            if (i > 0 && boundary && next < places.length && places[next] == i) {
                boundaries.add(i);
            }
            i += Character.charCount(codePoint);
        }
        return boundaries.build().toArray();
    }

    /** The spaces that follow go to the next word. */
    @Override
    void flushed(boolean whole) {
        if (whole) {
            visible = false;
            space = false;
            word = false;
            opening = -1;
            run = -1;
            last = Type.NOTHING;
        }
    }

    @Override
    void end(long at) {
        if (run >= 0) {
            cutRun(at, true);
            run = -1;
        }
    }

    private static Type type(int c) {
        if (c < 0x80) {
            return Character.isLetterOrDigit(c)
                    ? Type.SPACED
                    : Character.isWhitespace(c)
                            ? Type.SPACE
                            : c == '(' || c == '[' || c == '{' ? Type.OPENING : Type.OTHER;
        } else if (Character.isWhitespace(c) || c == 0x200B) {
            return Type.SPACE;
        } else if (Character.isLetterOrDigit(c) || c == 0x3007) {
            return isUnspaced(c) ? Type.RUN : Type.SPACED;
        }
        int type = Character.getType(c);
        return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION
                ? Type.OPENING
                : Type.OTHER;
    }

    /** Whether the letter belongs to a script that is written without spaces. */
    public static boolean isUnspaced(int c) {
        if (c < 0xE00) {
            return false;
        } else if (c == 0x30FC) {
            return true; // lengthens a vowel of either Kana
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TAI_LE, NEW_TAI_LUE, TAI_THAM, TAI_VIET -> true;
            default -> false;
        };
    }
}
