// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import io.github.ollamareactive.protocol.JsonCodec;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Generates the schema of a Java type, for {@link JsonSchema#of(Class)}. */
final class SchemaGenerator {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Set<Class<?>> MAP_KEYS = Set.of(String.class, CharSequence.class, Object.class);

    private final SchemaDefinitions definitions = new SchemaDefinitions();

    private SchemaGenerator() {}

    /** @param name what places in messages begin with */
    static JsonSchema schemaOf(ResolvedType root, String name) {
        SchemaGenerator generator = new SchemaGenerator();
        return generator.definitions.complete(root, generator.schema(root, name));
    }

    /** The schema of a type, which allows null when the type does. */
    private JsonSchema nullableSchema(ResolvedType type, String path) {
        JsonSchema schema = schema(type.nullable(false), path);
        return isOptional(type) ? schema.nullable() : schema;
    }

    /** The schema of a type without null. */
    private JsonSchema schema(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        JsonSchema scalar = ScalarSchemas.schemaOf(raw);
        if (scalar != null) {
            return scalar;
        } else if (raw == Optional.class) {
            return schema(type.argument(0).nullable(false), path);
        } else if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return JsonSchema.array(nullableSchema(type.argument(0), path + "[]"));
        } else if (Map.class.isAssignableFrom(raw)) {
            if (!MAP_KEYS.contains(type.argument(0).raw())) {
                throw unsupported(path, "a map whose keys are no texts", type.argument(0));
            }
            return JsonSchema.map(nullableSchema(type.argument(1), path + "{}"));
        } else if (raw.isEnum()) {
            String[] names = JsonCodec.instance().names(raw).values().toArray(String[]::new);
            return withDescription(JsonSchema.enumeration(names), raw);
        } else if (raw.isRecord()) {
            return definitions.inlineOrReference(type, path, () -> recordSchema(type, path));
        } else if (raw.isInterface() && raw.isSealed()) {
            return definitions.inlineOrReference(type, path, () -> sealedSchema(type, path));
        }
        throw unsupported(path, "no schema for the type", type);
    }

    private JsonSchema recordSchema(ResolvedType type, String path) {
        JsonSchema schema =
                withDescription(JsonSchema.type("object"), type.raw()).with("properties", JsonObject.EMPTY);
        Map<String, String> names = JsonCodec.instance().names(type.raw());
        for (RecordComponent component : type.raw().getRecordComponents()) {
            String name = names.get(component.getName());
            if (name != null) {
                ResolvedType declared = type.component(component);
                JsonSchema property =
                        withDescription(schema(declared.nullable(false), path + "." + component.getName()), component);
                schema = isOptional(declared) ? schema.optional(name, property) : schema.required(name, property);
            }
        }
        return schema;
    }

    private JsonSchema sealedSchema(ResolvedType type, String path) {
        List<JsonSchema> schemas = new ArrayList<>();
        for (ResolvedType permitted : type.permitted()) {
            if (!permitted.raw().isRecord() && !permitted.raw().isSealed()) {
                throw unsupported(path, "neither a record nor a sealed interface", permitted);
            }
            schemas.add(schema(permitted, path + "(" + permitted.raw().getSimpleName() + ")"));
        }
        return withDescription(JsonSchema.anyOf(schemas.toArray(JsonSchema[]::new)), type.raw());
    }

    static boolean isOptional(ResolvedType type) {
        return type.nullable() || OPTIONALS.contains(type.raw());
    }

    private static JsonSchema withDescription(JsonSchema schema, AnnotatedElement element) {
        Description description = element.getAnnotation(Description.class);
        return description == null ? schema : schema.description(description.value());
    }

    private static IllegalArgumentException unsupported(String path, String reason, ResolvedType type) {
        return new IllegalArgumentException(
                path + ": " + reason + ": " + type.raw().getTypeName());
    }
}
