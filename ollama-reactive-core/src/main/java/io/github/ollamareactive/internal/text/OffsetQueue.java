// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

/** A queue of places in a text, without an object for each. */
final class OffsetQueue {
    private long[] places = new long[8];
    private int first;
    private int size;

    void add(long place) {
        if (size == places.length) {
            long[] more = new long[size * 2];
            System.arraycopy(places, first, more, 0, size - first);
            System.arraycopy(places, 0, more, size - first, first);
            places = more;
            first = 0;
        }
        places[(first + size++) & (places.length - 1)] = place;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long peek() {
        return places[first];
    }

    /** Removes the places up to this one, itself included, and says how many they were. */
    int removeUpTo(long place) {
        int before = size;
        while (size > 0 && places[first] <= place) {
            first = (first + 1) & (places.length - 1);
            size--;
        }
        return before - size;
    }

    void clear() {
        places = new long[8];
        first = 0;
        size = 0;
    }
}
