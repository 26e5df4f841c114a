// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;

/** Ends a request with an error, from however deep inside. */
final class Refusal extends RuntimeException {

    private final transient Answer answer;

    Refusal(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    static Refusal of(int status, String words) {
        return new Refusal(Errors.of(status, words));
    }

    Answer answer() {
        return answer;
    }
}
