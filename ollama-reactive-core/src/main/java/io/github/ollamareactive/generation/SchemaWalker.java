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

/** Walks a Java type and writes its schema down. */
final class SchemaWalker {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Set<Class<?>> KEYS = Set.of(String.class, CharSequence.class, Object.class);

    private final SchemaDefinitions definitions = new SchemaDefinitions();

    private SchemaWalker() {}

    static JsonSchema schemaOf(Class<?> type) {
        SchemaWalker walker = new SchemaWalker();
        SchemaType root = SchemaType.of(type);
        return walker.definitions.complete(root, walker.schema(root, type.getSimpleName()));
    }

    /** What a value is, null included where it may be null. */
    private JsonSchema element(SchemaType type, String path) {
        JsonSchema schema = schema(type.nullable(false), path);
        return mayBeMissing(type) ? schema.nullable() : schema;
    }

    /** What a value is when there is one. */
    private JsonSchema schema(SchemaType type, String path) {
        Class<?> raw = type.raw();
        JsonSchema scalar = SchemaScalars.schemaOf(raw);
        if (scalar != null) {
            return scalar;
        } else if (raw == Optional.class) {
            return schema(type.argument(0).nullable(false), path);
        } else if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return JsonSchema.array(element(type.argument(0), path + "[]"));
        } else if (Map.class.isAssignableFrom(raw)) {
            if (!KEYS.contains(type.argument(0).raw())) {
                throw unsupported(path, "a map whose keys are no texts", type.argument(0));
            }
            return JsonSchema.map(element(type.argument(1), path + "{}"));
        } else if (raw.isEnum()) {
            String[] names = JsonCodec.instance().names(raw).values().toArray(String[]::new);
            return described(JsonSchema.enumeration(names), raw);
        } else if (raw.isRecord()) {
            return definitions.place(type, path, () -> record(type, path));
        } else if (raw.isInterface() && raw.isSealed()) {
            return definitions.place(type, path, () -> alternatives(type, path));
        }
        throw unsupported(path, "no schema for the type", type);
    }

    private JsonSchema record(SchemaType type, String path) {
        JsonSchema schema = described(JsonSchema.type("object"), type.raw()).with("properties", JsonObject.EMPTY);
        Map<String, String> names = JsonCodec.instance().names(type.raw());
        for (RecordComponent component : type.raw().getRecordComponents()) {
            String name = names.get(component.getName());
            if (name != null) {
                SchemaType declared = type.component(component);
                JsonSchema present =
                        described(schema(declared.nullable(false), path + "." + component.getName()), component);
                schema = mayBeMissing(declared) ? schema.optional(name, present) : schema.required(name, present);
            }
        }
        return schema;
    }

    private JsonSchema alternatives(SchemaType type, String path) {
        List<JsonSchema> schemas = new ArrayList<>();
        for (SchemaType permitted : type.permitted()) {
            if (!permitted.raw().isRecord() && !permitted.raw().isSealed()) {
                throw unsupported(path, "neither a record nor a sealed interface", permitted);
            }
            schemas.add(schema(permitted, path + "(" + permitted.raw().getSimpleName() + ")"));
        }
        return described(JsonSchema.anyOf(schemas.toArray(JsonSchema[]::new)), type.raw());
    }

    private static boolean mayBeMissing(SchemaType type) {
        return type.nullable() || OPTIONALS.contains(type.raw());
    }

    private static JsonSchema described(JsonSchema schema, AnnotatedElement element) {
        Description description = element.getAnnotation(Description.class);
        return description == null ? schema : schema.description(description.value());
    }

    private static IllegalArgumentException unsupported(String path, String reason, SchemaType type) {
        return new IllegalArgumentException(
                path + ": " + reason + ": " + type.raw().getTypeName());
    }
}
