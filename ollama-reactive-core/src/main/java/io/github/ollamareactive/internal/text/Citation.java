// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the marks of a source behind a sentence: {@code [1]}, {@code [^1]}, {@code [src](url)}, {@code ([src](url))}, {@code ¹},
 * {@code 【1】}, {@code <sup>1</sup>}. One character after the other; whether it is one shows with its last character at the latest.
 */
final class Citation {
    enum Progress {
        FAILED,
        OPEN,
        COMPLETE
    }

    private static final int LONGEST = 400;
    private static final String URL = "\\([^()\\s]+(?:\\([^()\\s]*\\)[^()\\s]*)*\\)";
    private static final String NUMBERS = "\\[\\^?\\d{1,3}(?:(?:, ?|; ?|-|\\u2013)\\^?\\d{1,3})*\\]";
    private static final String FOOTNOTE = "\\[\\^[^\\[\\]\\s]{1,40}\\]";
    private static final String TEXT = "\\[[^\\[\\]\\n]{1,80}\\]|\\[\\[[^\\[\\]\\n]{1,80}\\]\\]";
    private static final String LINKS = "\\((?:(?:" + TEXT + ")(?:" + URL + ")?(?:[,;] ?| |(?=\\))))+\\)";
    private static final String ANYWHERE = "[\\u00B9\\u00B2\\u00B3\\u2070\\u2074-\\u2079\\u2020\\u2021]|"
            + "\\u3010\\d[^\\u3010\\u3011\\n]{0,60}\\u3011|" + NUMBERS + "|" + FOOTNOTE + "|" + LINKS;

    /** Behind a space, and where a sentence may begin without one: nothing that may begin a sentence. */
    private static final Pattern SEPARATE = Pattern.compile(ANYWHERE);

    private static final Pattern ATTACHED = Pattern.compile(
            ANYWHERE + "|" + TEXT + "|\\(\\d{1,3}\\)|\\(https?://[^()\\s]+\\)|<sup>[^\\n]{1,120}?</sup>");

    /** Directly behind a bracket. */
    private static final Pattern LINK = Pattern.compile(URL + "|" + ATTACHED);

    private final StringBuilder taken = new StringBuilder();
    private Pattern pattern = SEPARATE;
    private boolean open;

    boolean isOpen() {
        return open;
    }

    /**
     * Begins, if it can begin with this character.
     *
     * @param c the character
     * @param attached whether it stands directly behind what can only be a sentence's end or nothing
     * @param bracket whether it stands directly behind a citation's bracket
     * @return how far it is
     */
    Progress begin(int c, boolean attached, boolean bracket) {
        pattern = bracket ? LINK : attached ? ATTACHED : SEPARATE;
        taken.setLength(0);
        return next(c);
    }

    Progress next(int c) {
        taken.appendCodePoint(c);
        Matcher matcher = pattern.matcher(taken);
        Progress progress = matcher.matches()
                ? Progress.COMPLETE
                : matcher.hitEnd() && taken.length() < LONGEST ? Progress.OPEN : Progress.FAILED;
        open = progress == Progress.OPEN;
        return progress;
    }

    void drop() {
        open = false;
    }
}
