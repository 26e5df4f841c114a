// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import io.github.ollamareactive.test.ReceivedRequest;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a request's body, read as Go does: names ignore case, null means absent. */
public final class RequestFields {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private final ObjectNode fields;

    private RequestFields(ObjectNode fields) {
        this.fields = fields;
    }

    /** Refuses a body that is not a JSON object. */
    public static RequestFields of(ReceivedRequest request) {
        if (request.body().isBlank()) {
            throw Refusal.of(400, "missing request body");
        }
        try {
            JsonNode document = JSON.readTree(request.body());
            if (document instanceof ObjectNode object) {
                return new RequestFields(object);
            }
            if (document.isNull()) {
                return new RequestFields(JSON.createObjectNode());
            }
            throw Refusal.of(
                    400,
                    "json: cannot unmarshal " + document.getNodeType().name().toLowerCase(Locale.ROOT)
                            + " into Go value");
        } catch (JacksonException e) {
            throw Refusal.of(400, "unexpected EOF");
        }
    }

    /** A field; a missing node when it is absent or null. */
    public JsonNode get(String name) {
        JsonNode found = JSON.missingNode();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                found = field.getValue();
            }
        }
        return found.isNull() ? JSON.missingNode() : found;
    }

    public boolean has(String name) {
        return !get(name).isMissingNode();
    }

    /** A text field, empty when it is absent. Refuses other types. */
    public String text(String name) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw Refusal.of(400, "json: cannot unmarshal value into Go struct field ." + name + " of type string");
        }
        return value.asString("");
    }

    /** The field {@code model}, or {@code name}, its former name. */
    public String model() {
        String model = text("model");
        return model.isEmpty() ? text("name") : model;
    }

    public boolean flag(String name, boolean defaultValue) {
        return get(name).asBoolean(defaultValue);
    }
}
