// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values that fit a JSON schema, the simple ones: every property, one item in a list, the text where a text is due. */
final class SchemaInstances {

    static final TypeReference<Map<String, ?>> AS_MAP = new TypeReference<>() {};

    private SchemaInstances() {}

    static JsonNode of(JsonNode schema, String text) {
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").path(0);
        }
        if (!schema.path("anyOf").isEmpty()) {
            return of(schema.path("anyOf").path(0), text);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString("") : type.asString("object")) {
            case "string" -> JsonAnswers.MAPPER.getNodeFactory().stringNode(text);
            case "integer", "number" -> JsonAnswers.MAPPER.getNodeFactory().numberNode(1);
            case "boolean" -> JsonAnswers.MAPPER.getNodeFactory().booleanNode(true);
            case "array" -> JsonAnswers.MAPPER.createArrayNode().add(of(schema.path("items"), text));
            case "null" -> JsonAnswers.MAPPER.getNodeFactory().nullNode();
            default -> object(schema, text);
        };
    }

    private static JsonNode object(JsonNode schema, String text) {
        ObjectNode object = JsonAnswers.object();
        schema.path("properties").properties().forEach(one -> object.set(one.getKey(), of(one.getValue(), text)));
        return object;
    }
}
