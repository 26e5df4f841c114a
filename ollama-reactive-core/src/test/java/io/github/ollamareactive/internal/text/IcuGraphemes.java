// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Grapheme boundaries as ICU finds them. */
public final class IcuGraphemes {
    private IcuGraphemes() {}

    /** The places where a text may be cut, its beginning and end among them. */
    public static Set<Integer> boundaries(String text) {
        BreakIterator iterator = BreakIterator.getCharacterInstance(Locale.ROOT);
        iterator.setText(text);
        Set<Integer> places = new TreeSet<>();
        for (int place = iterator.first(); place != BreakIterator.DONE; place = iterator.next()) {
            places.add(place);
        }
        return places;
    }
}
