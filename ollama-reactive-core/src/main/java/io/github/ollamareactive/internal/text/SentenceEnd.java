// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import static io.github.ollamareactive.internal.text.SentenceMark.ELLIPSIS;
import static io.github.ollamareactive.internal.text.SentenceMark.NONE;
import static io.github.ollamareactive.internal.text.SentenceMark.QUESTION;
import static io.github.ollamareactive.internal.text.SentenceMark.SEMICOLON;
import static io.github.ollamareactive.internal.text.SentenceMark.STOP;
import static io.github.ollamareactive.internal.text.SentenceMark.WIDE;

/**
 * A mark that may end a sentence, and what follows it up to the character that shows whether it does. Quotes, brackets, citations
 * and emoji that stand at the mark belong to its sentence.
 */
final class SentenceEnd {
    enum Verdict {
        OPEN,
        GOES_ON,
        ENDS
    }

    private static final int AHEAD = 64;

    /** The mark; none while nothing is to be decided. */
    SentenceMark mark = NONE;

    /** Behind the mark. */
    long marked;

    /** Behind the mark and what belongs to it: where the sentence would end. */
    long candidate;

    /** The first visible character behind, 0 while there is none. */
    int first;

    private final Citation citation = new Citation();
    private boolean quoted;
    private boolean bracketed;
    private boolean cited;
    private boolean symbol;
    private boolean spaced;
    private boolean dashed;

    /** Whether the characters behind the spaces are looked through for one that decides. */
    private boolean looking;

    /** A quote behind a space: it closes if a space follows, as in French, else it opens. */
    private boolean quote;

    /**
     * The word that shows by more than its first letter: in lower case it begins a sentence if it is a name ({@code iPhone},
     * {@code https://}), with a capital behind a number it may be a month.
     */
    private final StringBuilder word = new StringBuilder();

    private boolean capital;
    private boolean numbered;

    /** Forgets the mark. */
    void drop() {
        begin(NONE, 0, false);
    }

    /**
     * A mark has come.
     *
     * @param numbered whether behind a digit
     */
    void begin(SentenceMark next, long behind, boolean numbered) {
        mark = next;
        this.numbered = numbered;
        marked = behind;
        quoted = false;
        bracketed = false;
        symbol = false;
        belongs(behind);
    }

    /** What stands there belongs to the sentence before. */
    private void belongs(long behind) {
        candidate = behind;
        first = 0;
        cited = false;
        spaced = false;
        dashed = false;
        looking = false;
        quote = false;
        word.setLength(0);
        capital = false;
        citation.drop();
    }

    /** A space has come; one that is part of a citation is none. */
    Verdict space(int c, long at) {
        if (citation.isOpen()) {
            if (citation.next(c) != Citation.Progress.FAILED) {
                return Verdict.OPEN;
            } else if (!spaced) {
                return mark == WIDE ? Verdict.ENDS : Verdict.GOES_ON;
            }
            looking = true;
        } else if (!word.isEmpty()) {
            return capital ? Verdict.ENDS : Verdict.GOES_ON;
        } else if (quote) {
            belongs(at);
            quoted = true;
        }
        if (!looking) {
            spaced = true;
            candidate = at + 1;
        }
        return Verdict.OPEN;
    }

    /** The line or the text is over: whether a word that was waited for is whole and begins a sentence. */
    boolean isDue() {
        return capital;
    }

    /** A character has come that nobody sees, or a part of the one before. */
    void invisible(long at, long behind, boolean part) {
        if (candidate == at && (part || !spaced)) {
            candidate = behind;
        }
    }

    /**
     * Looks at the next visible character.
     *
     * @param next the mark that it is
     * @param begin the first visible character of the sentence
     */
    Verdict next(int c, long at, SentenceMark next, int begin) {
        long behind = at + Character.charCount(c);
        if (citation.isOpen()) {
            switch (citation.next(c)) {
                case OPEN -> {
                    return Verdict.OPEN;
                }
                case COMPLETE -> {
                    belongs(behind);
                    cited = SentenceMark.closes(c);
                    return Verdict.OPEN;
                }
                default -> {
                    if (!spaced) {
                        return mark == WIDE ? Verdict.ENDS : Verdict.GOES_ON;
                    }
                    looking = true;
                }
            }
        } else if (quote) {
            if (next != NONE || SentenceMark.continues(c)) {
                belongs(at);
                quoted = true;
            } else {
                quote = false;
                looking = true;
                if (isCertain()) {
                    return Verdict.ENDS;
                }
            }
        }
        if (!looking) {
            if (spaced ? belongsBehindSpace(c, behind) : belongsAtOnce(c, next, behind)) {
                return Verdict.OPEN;
            } else if (citation.isOpen() || quote) {
                first = first == 0 ? c : first;
                return Verdict.OPEN;
            }
        }
        first = first == 0 ? c : first;
        return looking ? look(c, at, next, begin) : spaced ? spaced(c, at, next, begin) : attached(c, begin);
    }

    private boolean belongsAtOnce(int c, SentenceMark next, long behind) {
        if (next.ends()) {
            begin(quoted || bracketed || cited || mark == SEMICOLON ? next : mark.and(next), behind, false);
            return true;
        } else if (isCitation(c, behind)) {
            return true;
        } else if (citation.isOpen()) {
            return false;
        } else if (SentenceMark.closes(c) && !(mark == WIDE && SentenceMark.opens(c))) {
            belongs(behind);
            quoted |= SentenceMark.isQuote(c);
            bracketed |= !SentenceMark.isQuote(c) && !SentenceMark.isMarkdown(c);
            return true;
        } else if (SentenceMark.isSymbol(c)) {
            belongs(behind);
            symbol = true;
            return true;
        }
        spaced = symbol;
        return false;
    }

    private boolean belongsBehindSpace(int c, long behind) {
        if (isCitation(c, behind)) {
            return true;
        } else if (citation.isOpen()) {
            return false;
        } else if (SentenceMark.closesBehindSpace(c)) {
            belongs(behind);
            bracketed = true;
            return true;
        }
        quote = SentenceMark.isQuote(c) && !SentenceMark.opens(c);
        return false;
    }

    /** Takes a citation of one character; begins a longer one, which is open then. */
    private boolean isCitation(int c, long behind) {
        if (Character.isLetterOrDigit(c)
                || citation.begin(c, !spaced && mark != WIDE, cited) != Citation.Progress.COMPLETE) {
            return false;
        }
        belongs(behind);
        return true;
    }

    /** Whether it is an end whatever the case of the next letter. */
    private boolean isCertain() {
        return mark != STOP && mark != ELLIPSIS && !quoted && !bracketed && !dashed;
    }

    private Verdict attached(int c, int begin) {
        boolean needsNoSpace = mark == WIDE || (mark == QUESTION && WordSplitter.isUnspaced(c));
        return needsNoSpace && !SentenceMark.continues(c) && !isAside(c, begin) ? Verdict.ENDS : Verdict.GOES_ON;
    }

    private Verdict spaced(int c, long at, SentenceMark next, int begin) {
        if (mark == ELLIPSIS || next.ends()) {
            return Verdict.GOES_ON;
        } else if (SentenceMark.continues(c)) {
            dashed = Character.getType(c) == Character.DASH_PUNCTUATION;
            looking = dashed || c == ':' || c == ';';
            return looking ? Verdict.OPEN : Verdict.GOES_ON;
        }
        looking = true;
        return isCertain() && !SentenceMark.isSymbol(c) ? Verdict.ENDS : look(c, at, next, begin);
    }

    private Verdict look(int c, long at, SentenceMark next, int begin) {
        if (!word.isEmpty()) {
            return word(c);
        } else if (Character.isLowerCase(c) && !isCertain() && !Character.isLowerCase(begin)) {
            word.appendCodePoint(c);
            return Verdict.OPEN;
        } else if (numbered && mark == STOP && Character.isUpperCase(c)) {
            word.appendCodePoint(c);
            capital = true;
            return Verdict.OPEN;
        } else if (Character.isLetter(c)) {
            return isAside(c, begin) ? Verdict.GOES_ON : Verdict.ENDS;
        }
        boolean begins = Character.isDigit(c) || c == '`' || next.ends() || at - candidate >= AHEAD;
        return begins ? Verdict.ENDS : Verdict.OPEN;
    }

    private Verdict word(int c) {
        if (Character.isLowerCase(c) && word.length() < AHEAD) {
            word.appendCodePoint(c);
            return Verdict.OPEN;
        }
        boolean address =
                c == ':' && (word.toString().equals("http") || word.toString().equals("https"));
        boolean name = Character.isLetterOrDigit(c) || c == '_' || c == '(' || address;
        return capital || name ? Verdict.ENDS : Verdict.GOES_ON;
    }

    /** Where no letter's case tells: brackets within a sentence, and what is said in Japanese. */
    private boolean isAside(int c, int begin) {
        return Character.getType(c) == Character.OTHER_LETTER
                && (quoted ? c == '\u3068' || c == '\u3063' : bracketed && !SentenceMark.opensBracket(begin));
    }
}
