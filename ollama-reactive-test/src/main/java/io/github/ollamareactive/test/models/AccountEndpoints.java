// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.internal.json.WireJson;

/** The endpoints of the cloud. The user is never signed in. */
final class AccountEndpoints {

    static final String KEYS_PATH = "/api/user/keys/";

    private AccountEndpoints() {}

    static Answer status() {
        var cloud = WireJson.object().put("disabled", false).put("source", "none");
        return JsonAnswers.of(WireJson.object().set("cloud", cloud));
    }

    static Answer unauthorized() {
        return Errors.unauthorized("https://ollama.com/connect?name=test&key=c3NoLWVkMjU1MTkgdGVzdA");
    }

    static Answer notSignedIn() {
        return Errors.of(401, "you are not currently signed in");
    }

    static Answer recommendations() {
        return JsonAnswers.of(WireJson.object().set("recommendations", WireJson.JSON.createArrayNode()));
    }
}
