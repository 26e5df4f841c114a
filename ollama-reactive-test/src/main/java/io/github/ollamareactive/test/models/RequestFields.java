// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.ReceivedRequest;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a request, read as Go reads them: names in any case, null as nothing. */
final class RequestFields {

    private final ObjectNode fields;

    private RequestFields(ObjectNode fields) {
        this.fields = fields;
    }

    static RequestFields of(ReceivedRequest request) {
        if (request.body().isBlank()) {
            throw Refusal.of(400, "missing request body");
        }
        try {
            JsonNode document = JsonAnswers.MAPPER.readTree(request.body());
            if (document instanceof ObjectNode object) {
                return new RequestFields(object);
            }
            if (document.isNull()) {
                return new RequestFields(JsonAnswers.object());
            }
            throw Refusal.of(
                    400,
                    "json: cannot unmarshal " + document.getNodeType().name().toLowerCase(Locale.ROOT)
                            + " into Go value");
        } catch (JacksonException e) {
            throw Refusal.of(400, "unexpected EOF");
        }
    }

    /** The field; a missing node where it is absent or null. */
    JsonNode get(String name) {
        JsonNode found = JsonAnswers.MAPPER.missingNode();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                found = field.getValue();
            }
        }
        return found.isNull() ? JsonAnswers.MAPPER.missingNode() : found;
    }

    boolean has(String name) {
        return !get(name).isMissingNode();
    }

    String text(String name) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw Refusal.of(400, "json: cannot unmarshal value into Go struct field ." + name + " of type string");
        }
        return value.asString("");
    }

    /** The model, or {@code name} as it was once called. */
    String model() {
        String model = text("model");
        return model.isEmpty() ? text("name") : model;
    }

    boolean flag(String name, boolean absent) {
        return get(name).asBoolean(absent);
    }
}
