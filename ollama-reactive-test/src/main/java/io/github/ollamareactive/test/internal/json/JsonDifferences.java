// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The differences of two documents of {@link RequestEquivalence}, each by its JSON pointer, as deep as possible. */
public final class JsonDifferences {

    private JsonDifferences() {}

    public static List<String> of(JsonNode recorded, JsonNode received) {
        List<String> differences = new ArrayList<>();
        collect("", recorded, received, differences);
        return differences;
    }

    private static void collect(String pointer, JsonNode recorded, JsonNode received, List<String> differences) {
        if (recorded.equals(received)) {
            return;
        }
        if (recorded.isObject() && received.isObject()) {
            Set<String> names = new TreeSet<>(recorded.propertyNames());
            names.addAll(received.propertyNames());
            names.forEach(name -> collect(pointer + "/" + name, recorded.path(name), received.path(name), differences));
        } else if (recorded.isArray() && received.isArray() && recorded.size() == received.size()) {
            for (int i = 0; i < recorded.size(); i++) {
                collect(pointer + "/" + i, recorded.get(i), received.get(i), differences);
            }
        } else {
            JsonExcerpts excerpts = JsonExcerpts.of(recorded, received);
            differences.add((pointer.isEmpty() ? "the body" : pointer) + " is " + excerpts.actual() + ", recorded "
                    + excerpts.expected());
        }
    }
}
