// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as Ollama reads and writes it. */
public final class WireJson {

    /** Keeps the spelling of numbers. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int MAX_EXCERPT = 200;

    private WireJson() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The document as Go writes it. Go escapes these five characters; JSON has none of them outside of strings. */
    public static String text(JsonNode document) {
        return JSON.writeValueAsString(document)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Parses a text; gives a missing node when it is not JSON. */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /** Whether a request asks for a stream: it does unless {@code stream} is false. */
    public static boolean streams(JsonNode requestBody) {
        return requestBody.path("stream").asBoolean(true);
    }

    /** The value for a message, shortened to 200 characters. */
    public static String excerpt(JsonNode value) {
        if (value.isMissingNode()) {
            return "absent";
        }
        String text = value.toString();
        return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "…";
    }
}
