// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.language;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import io.github.ollamareactive.internal.text.BreakRules;
import io.github.ollamareactive.internal.text.SentenceMark;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The only class that knows ICU4J. */
public final class IcuBreaks implements BreakRules {
    /** A word for each dictionary: Han and Kana, Thai, Lao, Khmer, Burmese. */
    private static final List<String> ONE_OF_EACH = List.of(
            "\u6F22\u5B57\u304B\u306A",
            "\u0E20\u0E32\u0E29\u0E32\u0E44\u0E17\u0E22",
            "\u0E9E\u0EB2\u0EAA\u0EB2\u0EA5\u0EB2\u0EA7",
            "\u1797\u17B6\u179F\u17B6\u1781\u17D2\u1798\u17C2\u179A",
            "\u1019\u103C\u1014\u103A\u1019\u102C\u1005\u102C");

    private final BreakRules abbreviations;
    private final BreakIterator words;
    private final BreakIterator sentences;

    public IcuBreaks(Locale locale) {
        ULocale icu = ULocale.forLocale(locale);
        this.abbreviations = new JdkBreaks(locale);
        this.words = BreakIterator.getWordInstance(icu);
        this.sentences = FilteredBreakIteratorBuilder.getInstance(icu)
                .wrapIteratorWithFilter(BreakIterator.getSentenceInstance(icu));
        // ICU reads a dictionary when it is first needed, which would be on an event loop.
        ONE_OF_EACH.forEach(this::words);
    }

    // An iterator holds its text, so each question gets one of its own.

    @Override
    public int[] words(String run) {
        BreakIterator iterator = words.clone();
        iterator.setText(run);
        IntStream.Builder places = IntStream.builder();
        iterator.first();
        for (int place = iterator.next();
                place < run.length() && place != BreakIterator.DONE;
                place = iterator.next()) {
            places.add(place);
        }
        return places.build().toArray();
    }

    @Override
    public boolean endsSentence(String text, int at) {
        if (!abbreviations.endsSentence(text, at)) {
            return false;
        }
        BreakIterator iterator = sentences.clone();
        iterator.setText(plain(text, at));
        return iterator.isBoundary(at);
    }

    /**
     * The text as ICU understands it: Markdown's marks behind the sentence's end as brackets, Greek's question mark as another,
     * and behind it a capital, since what follows was looked at before.
     */
    private static String plain(String text, int at) {
        StringBuilder plain = new StringBuilder(text.substring(0, at)).append('A');
        int i = at - 1;
        for (; i >= 0 && SentenceMark.of(text.charAt(i)) == SentenceMark.NONE; i--) {
            if (SentenceMark.isMarkdown(text.charAt(i))) {
                plain.setCharAt(i, ')');
            }
        }
        if (i >= 0 && text.charAt(i) == ';') {
            plain.setCharAt(i, '?');
        }
        return plain.toString();
    }
}
