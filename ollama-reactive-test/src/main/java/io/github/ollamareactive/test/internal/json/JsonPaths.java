// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds values in request bodies. Each function gives a missing node when there is no such value. */
public final class JsonPaths {

    private JsonPaths() {}

    /** A JSON pointer for a pointer or the name of a top-level field. */
    public static String pointer(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a field must not be empty");
        } else if (name.indexOf('/') > 0) {
            throw new IllegalArgumentException("'" + name + "' is no name of a field; a JSON pointer begins with /");
        }
        return name.startsWith("/") ? name : "/" + name;
    }

    /** The content of the last message whose role is {@code user}. */
    public static JsonNode lastUserMessage(JsonNode body) {
        return lastMessage(body, "user");
    }

    /** The content of the last message whose role is {@code system}, or the {@code system} of a generate request. */
    public static JsonNode systemMessage(JsonNode body) {
        return body.has("messages") ? lastMessage(body, "system") : body.path("system");
    }

    private static JsonNode lastMessage(JsonNode body, String role) {
        JsonNode last = WireJson.JSON.missingNode();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asString("").equalsIgnoreCase(role)) {
                last = message.path("content");
            }
        }
        return last;
    }

    /** The model, which was once called {@code name}. */
    public static JsonNode model(JsonNode body) {
        return body.path("model").asString("").isEmpty() && body.has("name") ? body.path("name") : body.path("model");
    }

    /** The names of the functions that the model may call. */
    public static List<String> toolNames(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.path("tools").forEach(tool -> names.add(tool.at("/function/name").asString("")));
        return names;
    }

    /** The number of pictures in all messages, or of a generate request. */
    public static int pictures(JsonNode body) {
        int number = body.path("images").size();
        for (JsonNode message : body.path("messages")) {
            number += message.path("images").size();
        }
        return number;
    }
}
