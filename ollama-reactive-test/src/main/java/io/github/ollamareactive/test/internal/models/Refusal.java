// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;

/** Ends the handling of a request with an error answer. */
public final class Refusal extends RuntimeException {

    private final transient Answer answer;

    public Refusal(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    public static Refusal of(int status, String message) {
        return new Refusal(Errors.of(status, message));
    }

    public Answer answer() {
        return answer;
    }
}
