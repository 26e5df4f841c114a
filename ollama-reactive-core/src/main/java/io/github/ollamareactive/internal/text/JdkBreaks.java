// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

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

    /** Languages that write "3." for "third". */
    private static final Set<String> ORDINALS = Set.of(
            "bs", "cs", "da", "de", "et", "fi", "fo", "hr", "hu", "is", "lv", "nb", "nn", "no", "sk", "sl", "tr");

    private final String language;
    private final Set<String> abbreviations;

    public JdkBreaks(Locale locale) {
        this.language = locale.getLanguage();
        this.abbreviations = Abbreviations.of(language);
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
            return mark > 0 && language.equals("el");
        } else if (text.charAt(mark - 1) != '.') {
            return true;
        }
        int end = mark - 1;
        int start = end;
        while (start > 0 && isInWord(text.codePointBefore(start))) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        if (start == end) {
            return !isOrdinal(text, end);
        }
        boolean partOfPath = start > 0 && "/:@_\\-".indexOf(text.charAt(start - 1)) >= 0;
        return partOfPath || !isAbbreviation(text.substring(start, end), text, at);
    }

    private static boolean isInWord(int c) {
        int type = Character.getType(c);
        return c == '.' || Character.isLetter(c) || type == Character.NON_SPACING_MARK;
    }

    private boolean isOrdinal(String text, int end) {
        int start = end;
        while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        return start < end && end - start <= 2 && ORDINALS.contains(language);
    }

    private boolean isAbbreviation(String word, String text, int at) {
        String small = word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
        boolean beforeNumber = at < text.length() && Character.isDigit(text.codePointAt(at));
        return abbreviations.contains(word)
                || (abbreviations.contains(small) && word.length() > 1)
                || isInitial(word)
                || isShort(word)
                || (beforeNumber && Abbreviations.BEFORE_NUMBERS.contains(small));
    }

    private static boolean isInitial(String word) {
        int letter = word.codePointAt(0);
        return word.length() == Character.charCount(letter)
                && !Character.isLowerCase(letter)
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
