// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values for simple JSON schemas: objects with all properties, lists of one item, a given text for every string. */
public final class SchemaInstances {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SchemaInstances() {}

    public static JsonNode of(JsonNode schema, String text) {
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").path(0);
        }
        if (!schema.path("anyOf").isEmpty()) {
            return of(schema.path("anyOf").path(0), text);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString("") : type.asString("object")) {
            case "string" -> NODES.stringNode(text);
            case "integer", "number" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> NODES.arrayNode().add(of(schema.path("items"), text));
            case "null" -> NODES.nullNode();
            default -> object(schema, text);
        };
    }

    private static JsonNode object(JsonNode schema, String text) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), of(property.getValue(), text)));
        return object;
    }
}
