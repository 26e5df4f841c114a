// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.language;

import io.github.ollamareactive.internal.text.BreakRules;
import io.github.ollamareactive.internal.text.SentenceMark;
import io.github.ollamareactive.internal.text.WordSplitter;
import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The JDK's words, and sentences without what the JDK gets wrong. */
public final class JdkBreaks implements BreakRules {
    /** The JDK finds Thai words only by the iterator for Thai, which on the other hand cuts Kana wrongly. */
    private static final BreakIterator THAI = BreakIterator.getWordInstance(Locale.forLanguageTag("th"));

    private static final BreakIterator WORDS = BreakIterator.getWordInstance(Locale.ROOT);

    private final String language;
    private final Set<String> abbreviations;
    private final Ordinals ordinals;

    public JdkBreaks(Locale locale) {
        this.language = locale.getLanguage();
        this.abbreviations = Abbreviations.of(language);
        this.ordinals = new Ordinals(language);
    }

    @Override
    public boolean isWord(int codePoint) {
        return language.equals("zh") && UnicodeScript.of(codePoint) == UnicodeScript.HAN;
    }

    @Override
    public int[] words(String run) {
        boolean thai = false;
        boolean han = true;
        for (int i = 0; i < run.length(); i++) {
            UnicodeScript script = UnicodeScript.of(run.charAt(i));
            thai |= script == UnicodeScript.THAI;
            han &= script == UnicodeScript.HAN || Character.isSurrogate(run.charAt(i));
        }
        if (han && !language.equals("ja")) {
            return IntStream.range(1, run.length())
                    .filter(i -> !Character.isLowSurrogate(run.charAt(i)))
                    .toArray();
        }
        BreakIterator words = (BreakIterator) (thai ? THAI : WORDS).clone();
        words.setText(run);
        IntStream.Builder places = IntStream.builder();
        words.first();
        for (int place = words.next(); place < run.length() && place != BreakIterator.DONE; place = words.next()) {
            places.add(place);
        }
        return places.build().toArray();
    }

    @Override
    public boolean endsSentence(String text, int at) {
        int mark = at;
        while (mark > 0 && SentenceMark.of(text.codePointBefore(mark)) == SentenceMark.NONE) {
            mark -= Character.charCount(text.codePointBefore(mark));
        }
        if (mark == 0 || text.charAt(mark - 1) == ';') {
            return mark > 1
                    && (language.equals("el") || UnicodeScript.of(text.charAt(mark - 2)) == UnicodeScript.GREEK);
        } else if (text.charAt(mark - 1) != '.') {
            return true;
        }
        int end = mark - 1;
        int start = end;
        while (start > 0 && isInWord(text.codePointBefore(start))) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        if (start == end) {
            return !ordinals.isOrdinal(text, end, at);
        }
        boolean partOfPath = start > 0 && "/:@_\\-\u00B0".indexOf(text.charAt(start - 1)) >= 0;
        return partOfPath || !isAbbreviation(text.substring(start, end), text, at);
    }

    private static boolean isInWord(int c) {
        int type = Character.getType(c);
        return c == '.'
                || Character.isLetter(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private boolean isAbbreviation(String word, String text, int at) {
        String small = word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
        if (Abbreviations.BEHIND_NUMBERS.contains(word) && isBehindNumber(text, word, at)) {
            return false;
        }
        return abbreviations.contains(word)
                || (abbreviations.contains(small) && word.length() > 1)
                || isInitial(word)
                || isShort(word)
                || ordinals.isRoman(word, text, at)
                || (isBeforeNumber(text, at) && (Abbreviations.BEFORE_NUMBERS.contains(small) || word.length() == 1));
    }

    /** Whether a number follows, perhaps in brackets or behind a currency. */
    private static boolean isBeforeNumber(String text, int at) {
        int i = at;
        while (i < text.length() && !Character.isLetterOrDigit(text.charAt(i))) {
            i++;
        }
        return i < text.length() && Character.isDigit(text.charAt(i));
    }

    /** As in "in 1990 y. He": a unit, whose full stop may be the sentence's too, before a capital. */
    private static boolean isBehindNumber(String text, String word, int at) {
        int i = text.lastIndexOf(word, at) - 1;
        while (i > 0 && SentenceMark.isSpace(text.charAt(i))) {
            i--;
        }
        return i >= 0 && Character.isDigit(text.charAt(i)) && !isBeforeNumber(text, at);
    }

    /** One letter of a script that has capitals or writes syllables by letters and marks. */
    private static boolean isInitial(String word) {
        int letter = word.codePointAt(0);
        return word.codePoints().skip(1).noneMatch(Character::isLetter)
                && word.indexOf('.') < 0
                && !Character.isLowerCase(letter)
                && UnicodeScript.of(letter) != UnicodeScript.HANGUL
                && !WordSplitter.isUnspaced(letter);
    }

    /** As in "e.g", "U.S.A", "Ph.D": dots within, and no part longer than two letters. */
    private static boolean isShort(String word) {
        int length = 0;
        boolean dots = false;
        for (int i = 0; i < word.length(); i++) {
            boolean dot = word.charAt(i) == '.';
            dots |= dot;
            length = dot ? 0 : length + 1;
            if (length > 2) {
                return false;
            }
        }
        return dots;
    }
}
