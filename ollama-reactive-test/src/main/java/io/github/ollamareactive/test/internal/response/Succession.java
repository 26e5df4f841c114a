// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import java.util.ArrayList;
import java.util.List;

/** Gives items in order, and the last one again and again. {@link #next()} needs at least one item. */
public final class Succession<T> {

    private final List<T> items = new ArrayList<>();
    private int given;

    public void add(T item) {
        items.add(item);
    }

    public T next() {
        T next = items.get(Math.min(given, items.size() - 1));
        given = Math.min(given + 1, items.size());
        return next;
    }

    public int size() {
        return items.size();
    }
}
