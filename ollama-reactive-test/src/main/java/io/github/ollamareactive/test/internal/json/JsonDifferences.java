// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The differences of two request bodies, each by its JSON pointer, as deep as possible. */
public final class JsonDifferences {

    private JsonDifferences() {}

    public static List<String> of(JsonNode recorded, JsonNode received) {
        List<String> differences = new ArrayList<>();
        collect("", recorded, received, differences);
        return differences;
    }

    private static void collect(String pointer, JsonNode recorded, JsonNode received, List<String> differences) {
        JsonNode canonical = CanonicalJson.of(recorded);
        JsonNode canonicalReceived = CanonicalJson.of(received);
        if (canonical.equals(canonicalReceived)) {
            return;
        }
        if (canonical.isObject() && canonicalReceived.isObject()) {
            Set<String> names = new LinkedHashSet<>(canonical.propertyNames());
            names.addAll(canonicalReceived.propertyNames());
            names.stream()
                    .filter(name -> !canonical.path(name).equals(canonicalReceived.path(name)))
                    .forEach(name ->
                            collect(pointer + "/" + name, recorded.path(name), received.path(name), differences));
        } else if (recorded.isArray() && received.isArray() && recorded.size() == received.size()) {
            for (int i = 0; i < recorded.size(); i++) {
                collect(pointer + "/" + i, recorded.get(i), received.get(i), differences);
            }
        } else {
            differences.add((pointer.isEmpty() ? "the body" : pointer) + " is " + WireJson.excerpt(received)
                    + ", recorded " + WireJson.excerpt(recorded));
        }
    }
}
