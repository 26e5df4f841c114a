// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares a document with the part of it that is expected. Fields that are not expected are ignored. */
public final class JsonContainment {

    private JsonContainment() {}

    /** Describes the first difference; null when the document contains what is expected. */
    public static @Nullable String difference(JsonNode expected, JsonNode actual) {
        return difference("", expected, actual);
    }

    private static @Nullable String difference(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            for (var field : expected.properties()) {
                String inner = path.isEmpty() ? field.getKey() : path + "/" + field.getKey();
                String difference = difference(inner, field.getValue(), actual.path(field.getKey()));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                String difference = difference(path + "/" + i, expected.path(i), actual.path(i));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (CanonicalJson.same(expected, actual)) {
            return null;
        }
        JsonExcerpts excerpts = JsonExcerpts.of(expected, actual);
        return (path.isEmpty() ? "body" : path) + ": expected " + excerpts.expected() + " but was " + excerpts.actual();
    }
}
