// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;

/** A server that nobody signed in to the cloud. */
final class AccountEndpoints {

    static final String KEYS = "/api/user/keys/";

    private AccountEndpoints() {}

    static Answer status() {
        var cloud = JsonAnswers.object().put("disabled", false).put("source", "none");
        return JsonAnswers.answer(JsonAnswers.object().set("cloud", cloud));
    }

    static Answer unauthorized() {
        return Errors.unauthorized("https://ollama.com/connect?name=test&key=c3NoLWVkMjU1MTkgdGVzdA");
    }

    static Answer notSignedIn() {
        return Errors.of(401, "you are not currently signed in");
    }

    static Answer recommendations() {
        return JsonAnswers.answer(JsonAnswers.object().set("recommendations", JsonAnswers.MAPPER.createArrayNode()));
    }
}
