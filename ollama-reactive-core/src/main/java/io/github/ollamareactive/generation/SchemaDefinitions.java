// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The {@code $defs} of one schema: only what contains itself. Everything else stands in its place, since the server keeps
 * no {@code $ref} in a tool's properties.
 */
final class SchemaDefinitions {
    private static final int DEEPEST = 64;

    private final Set<SchemaType> open = new HashSet<>();
    private final Map<SchemaType, String> names = new HashMap<>();
    private final Map<String, JsonSchema> bodies = new LinkedHashMap<>();

    /** Gives a type's schema, or a reference when the type is being described already. */
    JsonSchema place(SchemaType type, String path, Supplier<JsonSchema> body) {
        if (names.containsKey(type) || open.contains(type)) {
            return JsonSchema.ref(name(type));
        } else if (open.size() == DEEPEST) {
            throw new IllegalArgumentException(path + ": nested deeper than " + DEEPEST);
        }
        open.add(type);
        JsonSchema schema = body.get();
        open.remove(type);
        String name = names.get(type);
        if (name == null) {
            return schema;
        }
        bodies.put(name, schema);
        return JsonSchema.ref(name);
    }

    /** The outermost schema stands in its place even when it contains itself: the server wants its type. */
    JsonSchema complete(SchemaType root, JsonSchema schema) {
        String name = names.get(root);
        JsonSchema complete = name == null ? schema : bodies.getOrDefault(name, schema);
        return bodies.isEmpty() ? complete : complete.with("$defs", bodies);
    }

    private String name(SchemaType type) {
        return names.computeIfAbsent(type, t -> {
            String simple = t.raw().getSimpleName();
            String name = simple;
            for (int i = 2; names.containsValue(name); i++) {
                name = simple + i;
            }
            return name;
        });
    }
}
