// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.List;

/** Gives answers in order, and the last one again and again. {@link #next()} needs at least one answer. */
final class AnswerQueue {

    private final List<Answer> answers = new ArrayList<>();
    private int given;

    void add(Answer answer) {
        answers.add(answer);
    }

    Answer next() {
        Answer next = answers.get(Math.min(given, answers.size() - 1));
        given = Math.min(given + 1, answers.size());
        return next;
    }

    int size() {
        return answers.size();
    }
}
