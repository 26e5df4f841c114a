// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the server writes and reads it. */
final class WireJson {

    /** Numbers stay as a test spells them. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private WireJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Go escapes these three wherever they are; outside of strings JSON has none of them. */
    static String text(JsonNode value) {
        return JSON.writeValueAsString(value)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** The body as JSON; a missing node where it is none. */
    static JsonNode bodyOf(ReceivedRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /** Whether a stream is asked for: it is unless {@code stream} is false. */
    static boolean streams(JsonNode body) {
        return body.path("stream").asBoolean(true);
    }

    static String now() {
        return Instant.now().toString();
    }
}
