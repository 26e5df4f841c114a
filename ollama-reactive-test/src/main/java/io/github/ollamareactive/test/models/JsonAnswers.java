// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Documents of the small server. */
final class JsonAnswers {

    static final ObjectMapper MAPPER = JsonMapper.shared();

    private JsonAnswers() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static Answer answer(JsonNode document) {
        return Answer.json(
                200,
                MAPPER.writeValueAsString(document)
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026"));
    }
}
