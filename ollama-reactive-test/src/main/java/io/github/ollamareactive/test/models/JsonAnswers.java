// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.internal.json.WireJson;
import tools.jackson.databind.JsonNode;

/** Documents with status 200. */
final class JsonAnswers {

    private JsonAnswers() {}

    static Answer of(JsonNode document) {
        return Answer.json(200, WireJson.text(document));
    }
}
