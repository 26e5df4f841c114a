// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import tools.jackson.databind.JsonNode;

/** Finds values in request bodies. Each function gives a missing node when there is no such value. */
public final class JsonPaths {

    private JsonPaths() {}

    /** A JSON pointer for a pointer or the name of a top-level field. */
    public static String pointer(String name) {
        return name.startsWith("/") ? name : "/" + name;
    }

    /** The content of the last message whose role is {@code user}. */
    public static JsonNode lastUserMessage(JsonNode body) {
        JsonNode last = WireJson.JSON.missingNode();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                last = message.path("content");
            }
        }
        return last;
    }
}
