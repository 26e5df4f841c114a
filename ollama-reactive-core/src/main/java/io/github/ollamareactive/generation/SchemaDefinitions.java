// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The {@code $defs} of one schema. Only types that contain themselves are defined there; all others are inlined,
 * because the server drops {@code $ref} from the properties of tools.
 */
final class SchemaDefinitions {
    private static final int MAX_DEPTH = 64;

    private final Set<ResolvedType> inProgress = new HashSet<>();
    private final Map<ResolvedType, String> names = new HashMap<>();
    private final Map<String, JsonSchema> definitions = new LinkedHashMap<>();

    /** The schema to use where the type occurs: inlined, or a reference when the type contains itself. */
    JsonSchema inlineOrReference(ResolvedType type, String path, Supplier<JsonSchema> generator) {
        if (names.containsKey(type) || inProgress.contains(type)) {
            return JsonSchema.ref(name(type));
        } else if (inProgress.size() == MAX_DEPTH) {
            throw new IllegalArgumentException(path + ": nested deeper than " + MAX_DEPTH);
        }
        inProgress.add(type);
        JsonSchema schema = generator.get();
        inProgress.remove(type);
        String name = names.get(type);
        if (name == null) {
            return schema;
        }
        definitions.put(name, schema);
        return JsonSchema.ref(name);
    }

    /** The outermost schema with {@code $defs}. It is never a reference, because the server requires its type. */
    JsonSchema complete(ResolvedType root, JsonSchema schema) {
        String name = names.get(root);
        JsonSchema complete = name == null ? schema : definitions.getOrDefault(name, schema);
        return definitions.isEmpty() ? complete : complete.with("$defs", definitions);
    }

    private String name(ResolvedType type) {
        return names.computeIfAbsent(type, this::unusedName);
    }

    private String unusedName(ResolvedType type) {
        String simpleName = type.raw().getSimpleName();
        String name = simpleName;
        for (int number = 2; names.containsValue(name); number++) {
            name = simpleName + number;
        }
        return name;
    }
}
