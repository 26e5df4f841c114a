// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;

/** A server that nobody signed in to the cloud. */
final class Account {

    static final String KEYS = "/api/user/keys/";

    private Account() {}

    static Answer status() {
        var cloud = Json.object().put("disabled", false).put("source", "none");
        return Json.answer(Json.object().set("cloud", cloud));
    }

    static Answer unauthorized() {
        return Errors.unauthorized("https://ollama.com/connect?name=test&key=c3NoLWVkMjU1MTkgdGVzdA");
    }

    static Answer notSignedIn() {
        return Errors.of(401, "you are not currently signed in");
    }

    static Answer recommendations() {
        return Json.answer(Json.object().set("recommendations", Json.MAPPER.createArrayNode()));
    }
}
