// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import io.github.ollamareactive.test.ReceivedRequest;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a request's body, read as Go does: names ignore case, null means absent. */
public final class RequestFields {

    /** What follows the first value is not read. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode fields;

    private RequestFields(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * Refuses a body that is not a JSON object.
     *
     * @param struct the name of the request's structure, such as {@code ChatRequest}
     */
    static RequestFields of(ReceivedRequest request, String struct) {
        if (request.body().isBlank()) {
            throw Refusal.of(400, "missing request body");
        }
        JsonNode document = read(request.body());
        if (!document.isNull() && !document.isObject()) {
            throw Refusal.of(
                    400,
                    "json: cannot unmarshal " + RequestTypes.kindOf(document) + " into Go value of type api." + struct);
        }
        return new RequestFields(document instanceof ObjectNode object ? object : JSON.createObjectNode());
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw Refusal.of(400, GoSyntax.problem(body));
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

    /** A text field, empty when it is absent. */
    public String text(String name) {
        return get(name).asString("");
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
