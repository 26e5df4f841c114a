// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.List;

/** Gives what it was given in turn, and the last again and again. Not empty when asked. */
final class AnswerQueue<T> {

    private final List<T> all = new ArrayList<>();
    private int given;

    void add(T next) {
        all.add(next);
    }

    T next() {
        T next = all.get(Math.min(given, all.size() - 1));
        given = Math.min(given + 1, all.size());
        return next;
    }

    int size() {
        return all.size();
    }
}
