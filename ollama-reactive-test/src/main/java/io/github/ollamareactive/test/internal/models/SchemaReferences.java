// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Resolves what a schema says elsewhere: {@code $ref}, all of {@code allOf}, one branch of {@code anyOf} and {@code oneOf}. */
final class SchemaReferences {

    private static final int MAX_CHAIN = 32;
    private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final List<String> MAPS = List.of("properties", "$defs", "definitions");
    private static final Set<String> LARGEST =
            Set.of("minimum", "exclusiveMinimum", "minItems", "minLength", "minProperties");
    private static final Set<String> SMALLEST = Set.of("maximum", "exclusiveMaximum", "maxItems", "maxLength");

    private final JsonNode root;

    SchemaReferences(JsonNode root) {
        this.root = root;
    }

    /** The schemas that stand directly in a schema. */
    static Stream<JsonNode> children(JsonNode schema) {
        Stream<JsonNode> lists =
                LISTS.stream().flatMap(name -> schema.path(name).valueStream());
        Stream<JsonNode> maps = MAPS.stream().flatMap(name -> schema.path(name).valueStream());
        Stream<JsonNode> items = Stream.of("items", "additionalProperties")
                .map(schema::path)
                .filter(child -> !child.isMissingNode() && !child.isArray());
        return Stream.of(lists, maps, items).flatMap(all -> all);
    }

    /** The references of a schema itself and of its alternatives. */
    static List<String> of(JsonNode schema) {
        Stream<JsonNode> parts = Stream.of("anyOf", "oneOf", "allOf")
                .flatMap(name -> schema.path(name).valueStream());
        return Stream.concat(Stream.of(schema), parts)
                .map(part -> part.path("$ref").asString(""))
                .filter(reference -> !reference.isEmpty())
                .toList();
    }

    /** The target of a reference within the document, by pointer or anchor; null when there is none. */
    @Nullable
    JsonNode find(JsonNode reference) {
        String text = reference.asString("");
        if (!text.startsWith("#")) {
            return null;
        }
        String pointer = URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            return Stream.of("$defs", "definitions")
                    .flatMap(name -> root.path(name).valueStream())
                    .filter(schema -> schema.path("$anchor").asString("").equals(pointer))
                    .findFirst()
                    .orElse(null);
        }
        JsonNode target = root.at(pointer);
        return target.isMissingNode() ? null : target;
    }

    /**
     * One schema without references and alternatives.
     *
     * @param shallow whether to take the branch that refers to nothing, such as null
     */
    JsonNode merged(JsonNode schema, int chain, boolean shallow) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (!schema.isObject() || chain > MAX_CHAIN) {
            return all;
        }
        JsonNode target = find(schema.path("$ref"));
        if (target != null) {
            add(all, merged(target, chain + 1, shallow));
        }
        schema.path("allOf").forEach(part -> add(all, merged(part, chain + 1, shallow)));
        for (String alternatives : List.of("anyOf", "oneOf")) {
            JsonNode branches = schema.path(alternatives);
            if (!branches.isEmpty()) {
                add(all, merged(branch(branches, shallow), chain + 1, shallow));
            }
        }
        add(all, schema);
        return all;
    }

    private static JsonNode branch(JsonNode branches, boolean shallow) {
        return branches.valueStream()
                .filter(branch -> shallow
                        ? branch.findValues("$ref").isEmpty()
                        : !branch.path("type").asString("").equals("null"))
                .findFirst()
                .orElse(branches.path(0));
    }

    /** Adds keywords; both schemas then hold. */
    private static void add(ObjectNode all, JsonNode more) {
        for (Map.Entry<String, JsonNode> keyword : more.properties()) {
            String name = keyword.getKey();
            JsonNode value = keyword.getValue();
            JsonNode known = all.path(name);
            if (name.equals("properties") && known instanceof ObjectNode properties) {
                ObjectNode both = properties.deepCopy();
                value.properties()
                        .forEach(property ->
                                both.set(property.getKey(), both(both, property.getKey(), property.getValue())));
                all.set(name, both);
            } else if (name.equals("required") && known instanceof ArrayNode required) {
                all.set(name, required.deepCopy().addAll(value.valueStream().toList()));
            } else if (name.equals("enum") && !known.isEmpty()) {
                Set<JsonNode> kept = new HashSet<>(value.valueStream().toList());
                ArrayNode common = JsonNodeFactory.instance.arrayNode();
                known.valueStream().filter(kept::contains).forEach(common::add);
                all.set(name, common);
            } else if (known.isNumber() && value.isNumber() && LARGEST.contains(name)) {
                all.set(name, isLarger(known, value) ? known : value);
            } else if (known.isNumber() && value.isNumber() && SMALLEST.contains(name)) {
                all.set(name, isLarger(known, value) ? value : known);
            } else {
                all.set(name, value);
            }
        }
    }

    private static JsonNode both(ObjectNode properties, String name, JsonNode more) {
        JsonNode known = properties.path(name);
        if (known.isMissingNode()) {
            return more;
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putArray("allOf").add(known).add(more);
        return all;
    }

    private static boolean isLarger(JsonNode a, JsonNode b) {
        return a.decimalValue().compareTo(b.decimalValue()) > 0;
    }
}
