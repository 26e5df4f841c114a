// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.language;

import io.github.ollamareactive.internal.text.SentenceMark;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Numbers whose full stop says "third" in the languages that write it so, and those of steps that are listed within a line. A
 * number before a month or another number, or behind an article or the like, is an ordinal; times, decimals and versions never are.
 */
final class Ordinals {
    /** Months with a capital, which only German writes so: what can follow an ordinal where a sentence could begin. */
    private static final Set<String> MONTHS =
            Set.of("Januar", "Jänner", "Februar", "Feber", "März", "Mai", "Juni", "Juli", "Oktober", "Dezember");

    /** Those that are words elsewhere too. */
    private static final Set<String> MORE_MONTHS =
            Set.of("April", "August", "September", "November", "Jan", "Feb", "Apr", "Aug", "Sept", "Okt", "Nov", "Dez");

    /** The words before an ordinal that a capital may follow, by language; all of them may write ordinals. */
    private static final Map<String, String> BEFORE = Map.ofEntries(
            Map.entry(
                    "de",
                    "am im vom zum zur beim der die das dem den des jeder jede jedes jeden jedem ein eine einen einem eines"
                            + " einer kein keine keinen mein meine meinen meinem meiner dein deine sein seine seinen seinem"
                            + " seiner ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer dieser diese dieses"
                            + " diesen diesem"),
            Map.entry("da", "den det de hver sin sit d"),
            Map.entry("nb", "den det de hver sin sitt"),
            Map.entry("nn", "den det dei kvar sin sitt"),
            Map.entry("no", "den det de hver sin sitt"),
            Map.entry("fo", "tann tað tey"),
            Map.entry("is", "hinn hið"),
            Map.entry("cs", "dne na ve v"),
            Map.entry("sk", "dňa na vo v"),
            Map.entry("sl", "dne na v"),
            Map.entry("hr", "dana na u"),
            Map.entry("bs", "dana na u"),
            Map.entry("hu", "a az"),
            Map.entry("et", ""),
            Map.entry("fi", ""),
            Map.entry("lv", ""),
            Map.entry("tr", ""));

    private final String language;
    private final boolean ordinals;
    private final Set<String> before;

    Ordinals(String language) {
        this.language = language;
        this.ordinals = BEFORE.containsKey(language);
        this.before = Set.of(BEFORE.getOrDefault(language, "").split(" "));
    }

    /**
     * Whether the full stop at this place belongs to a number.
     *
     * @param end the place, behind the number
     * @param at where the next sentence would begin
     */
    boolean isOrdinal(String text, int end, int at) {
        int start = end;
        while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        int digits = end - start;
        if (digits == 0 || digits > 3) {
            return false;
        } else if (start > 0 && isPartOfNumber(text.charAt(start - 1))) {
            return false;
        }
        return (digits < 3 && isStep(text, start, end))
                || isBeforeMonth(text, at)
                || (ordinals && (isDate(text, at, digits) || isCounted(text, start)));
    }

    /** As in "im XIX. Jahrhundert"; else the number belongs to a king, and the full stop to the sentence. */
    boolean isRoman(String word, String text, int at) {
        return ordinals
                && word.length() > 1
                && word.chars().allMatch(c -> "IVXLCDM".indexOf(c) >= 0)
                && isCounted(text, text.lastIndexOf(word, at));
    }

    /** A number that its sentence begins with, or a colon before: "First: 1. Open it. 2. Close it." */
    private static boolean isStep(String text, int start, int end) {
        int before = start;
        while (before > 0 && !Character.isLetterOrDigit(text.charAt(before - 1)) && text.charAt(before - 1) != ':') {
            before--;
        }
        return before == 0
                || (before < start
                        && text.charAt(before - 1) == ':'
                        && text.substring(start, end).equals("1"));
    }

    /** As in 18:30, 3,50, 3.1, 1/2, 10-12, $5, №5. */
    private static boolean isPartOfNumber(char c) {
        return !SentenceMark.isSpace(c) && "(\"'*_\u201E\u201C\u00AB\u00BB".indexOf(c) < 0;
    }

    private boolean isDate(String text, int at, int digits) {
        return digits < 3 && (language.equals("tr") || (at < text.length() && Character.isDigit(text.charAt(at))));
    }

    private boolean isBeforeMonth(String text, int at) {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String word = text.substring(at, end);
        return ordinals
                ? MONTHS.contains(word) || MORE_MONTHS.contains(word)
                : language.isEmpty() && MONTHS.contains(word);
    }

    private boolean isCounted(String text, int start) {
        int end = start;
        while (end > 0 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        int begin = end;
        while (begin > 0 && Character.isLetter(text.charAt(begin - 1))) {
            begin--;
        }
        return before.contains(text.substring(begin, end).toLowerCase(Locale.ROOT));
    }
}
