// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A generic type that JSON is bound to, as an anonymous subclass: {@code new JsonType<List<Row>>() {}}.
 *
 * @param <T> the type
 */
public abstract class JsonType<T> {
    private final AnnotatedType type;

    /**
     * Captures the type that the subclass names.
     *
     * @throws IllegalArgumentException when the subclass names none, or one with a type variable
     */
    protected JsonType() {
        if (!(getClass().getAnnotatedSuperclass() instanceof AnnotatedParameterizedType parent)
                || getClass().getSuperclass() != JsonType.class) {
            throw new IllegalArgumentException("a JsonType names its type: new JsonType<List<Row>>() {}");
        }
        type = parent.getAnnotatedActualTypeArguments()[0];
        if (hasVariable(type.getType())) {
            throw new IllegalArgumentException("a JsonType has no type variable: " + this);
        }
    }

    private static boolean hasVariable(Type type) {
        return type instanceof TypeVariable
                || (type instanceof GenericArrayType array && hasVariable(array.getGenericComponentType()))
                || (type instanceof ParameterizedType p
                        && Arrays.stream(p.getActualTypeArguments()).anyMatch(JsonType::hasVariable));
    }

    /** {@return the type} */
    public final Type type() {
        return type.getType();
    }

    /** {@return the type with its annotations, of which {@code @Nullable} counts} */
    public final AnnotatedType annotatedType() {
        return type;
    }

    /** {@return the type as it stands in source code, without packages} */
    @Override
    public final String toString() {
        return name(type.getType());
    }

    /**
     * The name of a type as it stands in source code, without packages.
     *
     * @param type the type
     * @return as {@code Map<String, Row>}
     */
    public static String name(Type type) {
        if (type instanceof Class<?> c) {
            return c.getSimpleName();
        } else if (type instanceof ParameterizedType p) {
            return name(p.getRawType())
                    + Arrays.stream(p.getActualTypeArguments())
                            .map(JsonType::name)
                            .collect(Collectors.joining(", ", "<", ">"));
        } else if (type instanceof WildcardType w) {
            return "? extends " + name(w.getUpperBounds()[0]);
        }
        return type.getTypeName();
    }
}
