// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonType;
import io.github.ollamareactive.protocol.JsonValue;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Binds JSON to Java types: what would lose something, or leave a required component without a value, is an error. */
final class Binder {
    // Loaded at the first binding: most programs never bind, and databind is slow to start.
    private static final JsonMapper MAPPER = JsonMapper.builder(Json.FACTORY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .defaultLeniency(false)
            .withCoercionConfigDefaults(c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Boolean,
                    c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Integer, c -> c.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .withCoercionConfig(Character.class, Binder::noNumber)
            .withCoercionConfig(char.class, Binder::noNumber)
            .addModule(new ExactScalars())
            .addModule(new RequiredComponents())
            .addModule(new SealedTypes())
            .build();

    private Binder() {}

    private static void noNumber(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
    }

    static Object bind(JsonValue value, Type type) {
        try {
            JavaType javaType = MAPPER.constructType(type);
            Object bound = MAPPER.readValue(JsonText.of(value), javaType);
            if (bound == null) {
                throw MismatchedInputException.from(null, javaType, "null");
            }
            return bound;
        } catch (JacksonException e) {
            throw refused(value, type, e);
        }
    }

    static Object bind(JsonValue value, AnnotatedType type) {
        Object bound = bind(value, type.getType());
        try {
            RequiredComponents.checkElements(bound, type);
        } catch (JacksonException e) {
            throw refused(value, type.getType(), e);
        }
        return bound;
    }

    private static IllegalArgumentException refused(JsonValue value, Type type, JacksonException e) {
        return new IllegalArgumentException(
                "can't make a " + JsonType.name(type) + " of the JSON: " + BindingProblem.words(value, e), e);
    }

    static Map<String, String> names(Class<?> type) {
        Map<String, String> names = new LinkedHashMap<>();
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                names.put(((Enum<?>) constant).name(), MAPPER.convertValue(constant, String.class));
            }
            return names;
        }
        DeserializationConfig config = MAPPER.deserializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance();
        JavaType javaType = config.constructType(type);
        BeanDescription description =
                introspector.introspectForDeserialization(javaType, introspector.introspectClassAnnotations(javaType));
        for (BeanPropertyDefinition property : description.findProperties()) {
            boolean ignored = description.getIgnoredPropertyNames().contains(property.getName());
            if (property.hasConstructorParameter() && !ignored) {
                names.put(property.getInternalName(), property.getName());
            }
        }
        return names;
    }
}
