// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A type as it stands at one place, with nothing left to look up: a value, so that a type met again is known again.
 *
 * @param raw the class
 * @param arguments what its type parameters stand for, an array's component; empty when nothing is known of them
 * @param nullable whether it is {@code @Nullable} here
 */
record SchemaType(Class<?> raw, List<SchemaType> arguments, boolean nullable) {
    static SchemaType of(Class<?> raw) {
        List<SchemaType> arguments = raw.isArray() ? List.of(of(raw.getComponentType())) : List.of();
        return new SchemaType(raw, arguments, false);
    }

    SchemaType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : of(Object.class);
    }

    SchemaType nullable(boolean nullable) {
        return new SchemaType(raw, arguments, nullable);
    }

    /** The type of one of this record's components. */
    SchemaType component(RecordComponent component) {
        // Declaration annotations go wherever their target lets them: to the component, the accessor or the field.
        SchemaType type = resolve(component.getAnnotatedType(), scope());
        boolean nullable = hasNullable(component) || hasNullable(component.getAccessor());
        try {
            nullable |= hasNullable(raw.getDeclaredField(component.getName()));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("record without a field for its component", e);
        }
        return nullable ? type.nullable(true) : type;
    }

    /** What this sealed interface permits, in order; arguments go on to parameters that hand them through. */
    List<SchemaType> permitted() {
        return Stream.of(raw.getPermittedSubclasses()).map(this::narrowed).toList();
    }

    private SchemaType narrowed(Class<?> permitted) {
        Map<Type, SchemaType> known = new HashMap<>();
        for (Type parent : permitted.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType p && p.getRawType() == raw) {
                for (int i = 0; i < p.getActualTypeArguments().length; i++) {
                    known.put(p.getActualTypeArguments()[i], argument(i));
                }
            }
        }
        List<SchemaType> arguments = Arrays.stream(permitted.getTypeParameters())
                .map(p -> known.getOrDefault(p, erased(p)))
                .toList();
        return new SchemaType(permitted, arguments, false);
    }

    private Map<TypeVariable<?>, SchemaType> scope() {
        Map<TypeVariable<?>, SchemaType> scope = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            scope.put(raw.getTypeParameters()[i], arguments.get(i));
        }
        return scope;
    }

    private static SchemaType resolve(AnnotatedType type, Map<TypeVariable<?>, SchemaType> scope) {
        boolean nullable = hasNullable(type);
        if (type instanceof AnnotatedParameterizedType p) {
            List<SchemaType> arguments = new ArrayList<>();
            for (AnnotatedType argument : p.getAnnotatedActualTypeArguments()) {
                arguments.add(resolve(argument, scope));
            }
            return new SchemaType(erase(p.getType()), List.copyOf(arguments), nullable);
        } else if (type instanceof AnnotatedArrayType a) {
            SchemaType item = resolve(a.getAnnotatedGenericComponentType(), scope);
            return new SchemaType(item.raw().arrayType(), List.of(item), nullable);
        } else if (type instanceof AnnotatedWildcardType w) {
            return resolve(w.getAnnotatedUpperBounds()[0], scope);
        } else if (type instanceof AnnotatedTypeVariable v) {
            TypeVariable<?> variable = (TypeVariable<?>) v.getType();
            SchemaType known = scope.getOrDefault(variable, erased(variable));
            return nullable ? known.nullable(true) : known;
        }
        return of(erase(type.getType())).nullable(nullable);
    }

    /** Stands for a parameter of which nothing is known; so does the JSON binding. */
    private static SchemaType erased(TypeVariable<?> variable) {
        return of(erase(variable));
    }

    private static Class<?> erase(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return erase(variable.getBounds()[0]);
        }
        return (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    }

    private static boolean hasNullable(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(a -> a.getSimpleName().equals("Nullable"));
    }
}
