// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes two bodies the same request: compared as JSON, whatever the order of keys and the spelling of numbers. To
 * Ollama {@code "stream":true}, null and an empty list are the same as nothing. A body that is no JSON is compared as it is.
 */
final class CanonicalJson {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private CanonicalJson() {}

    static Object of(Bytes body) {
        try {
            JsonNode document = canonical(JSON.readTree(body.text()));
            if (document instanceof ObjectNode fields && fields.path("stream").asBoolean(false)) {
                fields.remove("stream");
            }
            return document;
        } catch (JacksonException e) {
            return body;
        }
    }

    static JsonNode canonical(JsonNode value) {
        if (value instanceof ObjectNode fields) {
            ObjectNode copy = JSON.createObjectNode();
            fields.properties().forEach(field -> {
                JsonNode inner = field.getValue();
                if (!inner.isNull() && !(inner.isArray() && inner.isEmpty())) {
                    copy.set(field.getKey(), canonical(inner));
                }
            });
            return copy;
        }
        if (value instanceof ArrayNode items) {
            ArrayNode copy = JSON.createArrayNode();
            items.forEach(item -> copy.add(canonical(item)));
            return copy;
        }
        return value.isNumber()
                ? JsonNodeFactory.instance.numberNode(value.decimalValue().stripTrailingZeros())
                : value;
    }
}
