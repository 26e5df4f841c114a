// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a JSON document has all that another names. */
final class JsonContainment {

    private JsonContainment() {}

    /** The first place that is different, in words; null when there is none. */
    static @Nullable String difference(String place, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            for (var field : expected.properties()) {
                String inner = place.isEmpty() ? field.getKey() : place + "/" + field.getKey();
                String difference = difference(inner, field.getValue(), actual.path(field.getKey()));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                String difference = difference(place + "/" + i, expected.path(i), actual.path(i));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        return CanonicalJson.canonical(expected).equals(CanonicalJson.canonical(actual))
                ? null
                : (place.isEmpty() ? "body" : place) + ": expected " + RequestCondition.shortened(expected)
                        + " but was " + RequestCondition.shortened(actual);
    }
}
