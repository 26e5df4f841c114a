// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;

/** Ends a request with an error, from however deep inside. */
final class Refused extends RuntimeException {

    private final transient Answer answer;

    Refused(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    static Refused of(int status, String words) {
        return new Refused(Errors.of(status, words));
    }

    Answer answer() {
        return answer;
    }
}
