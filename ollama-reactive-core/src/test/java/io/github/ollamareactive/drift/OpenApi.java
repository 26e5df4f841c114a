// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.drift;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** Reads the fields of endpoints out of an OpenAPI document, whose JSON is YAML too. */
final class OpenApi {
    private static final int DEEPEST = 8;
    private static final Set<String> METHODS = Set.of("get", "post", "delete", "head", "put", "patch");

    private final Map<?, ?> document;
    private final Set<String> fields = new TreeSet<>();

    private OpenApi(Map<?, ?> document) {
        this.document = document;
    }

    /** Each field as a line of the library's list. */
    static Set<String> fields(String text) {
        OpenApi api = new OpenApi(new Yaml().load(text) instanceof Map<?, ?> map ? map : Map.of());
        map(api.document.get("paths"))
                .forEach((path, operations) -> map(operations).forEach((method, operation) -> {
                    if (METHODS.contains(String.valueOf(method))) {
                        String endpoint = String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path;
                        api.operation(endpoint, map(operation));
                    }
                }));
        return api.fields;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private void operation(String endpoint, Map<?, ?> operation) {
        body(endpoint + " request ", map(resolved(operation.get("requestBody"))));
        if (operation.get("parameters") instanceof List<?> parameters) {
            parameters.stream()
                    .map(parameter -> map(resolved(parameter)))
                    .filter(parameter -> "query".equals(parameter.get("in")))
                    .forEach(parameter -> fields.add(endpoint + " request " + parameter.get("name")));
        }
        map(operation.get("responses")).forEach((status, response) -> {
            if (String.valueOf(status).startsWith("2")) {
                body(endpoint + " response ", map(resolved(response)));
            }
        });
    }

    private void body(String prefix, Map<?, ?> body) {
        map(body.get("content"))
                .values()
                .forEach(media -> schema(prefix, map(media).get("schema"), 0));
    }

    /** Follows a reference to a component of the document. */
    private @Nullable Object resolved(@Nullable Object value) {
        Object target = value;
        for (int i = 0; map(target).get("$ref") instanceof String reference && i < DEEPEST; i++) {
            target = document;
            for (String step : reference.replaceFirst("^#/", "").split("/")) {
                target = map(target).get(step);
            }
        }
        return target;
    }

    private void schema(String prefix, @Nullable Object value, int depth) {
        Map<?, ?> schema = map(resolved(value));
        boolean leaf = true;
        for (String combination : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.get(combination) instanceof List<?> parts) {
                parts.forEach(part -> schema(prefix, part, depth + 1));
            }
        }
        if (depth > DEEPEST) {
            return;
        }
        if (schema.get("items") != null) {
            schema(prefix, schema.get("items"), depth + 1);
            leaf = false;
        }
        for (Map.Entry<?, ?> property : map(schema.get("properties")).entrySet()) {
            leaf = false;
            String path = prefix + property.getKey();
            fields.add(path);
            schema(path + ".", property.getValue(), depth + 1);
        }
        if (leaf && schema.get("additionalProperties") instanceof Map<?, ?> free) {
            schema(prefix + "*.", free, depth + 1);
        }
    }
}
