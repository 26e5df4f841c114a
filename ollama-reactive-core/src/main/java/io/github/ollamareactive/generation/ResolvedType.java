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
 * The type of a component or an element, with its type variables resolved. Equal types have equal schemas.
 *
 * @param raw the class
 * @param arguments its type arguments, or the component type of an array; empty when they are not known
 * @param nullable whether it is {@code @Nullable}
 */
record ResolvedType(Class<?> raw, List<ResolvedType> arguments, boolean nullable) {
    static ResolvedType of(Class<?> raw) {
        List<ResolvedType> arguments = raw.isArray() ? List.of(of(raw.getComponentType())) : List.of();
        return new ResolvedType(raw, arguments, false);
    }

    static ResolvedType of(AnnotatedType type) {
        return resolve(type, Map.of()).nullable(false);
    }

    ResolvedType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : of(Object.class);
    }

    ResolvedType nullable(boolean nullable) {
        return new ResolvedType(raw, arguments, nullable);
    }

    /** The type of a component of this record. */
    ResolvedType component(RecordComponent component) {
        // Depending on its target, a declaration annotation is on the component, the accessor or the field.
        ResolvedType type = resolve(component.getAnnotatedType(), typeArguments());
        boolean nullable = hasNullable(component) || hasNullable(component.getAccessor());
        try {
            nullable |= hasNullable(raw.getDeclaredField(component.getName()));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("record without a field for its component", e);
        }
        return nullable ? type.nullable(true) : type;
    }

    /** The permitted types of this sealed interface, in order, with the type arguments that they pass to it. */
    List<ResolvedType> permitted() {
        return Stream.of(raw.getPermittedSubclasses()).map(this::permitted).toList();
    }

    private ResolvedType permitted(Class<?> permitted) {
        Map<Type, ResolvedType> passed = new HashMap<>();
        for (Type parent : permitted.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType p && p.getRawType() == raw) {
                for (int i = 0; i < p.getActualTypeArguments().length; i++) {
                    passed.put(p.getActualTypeArguments()[i], argument(i));
                }
            }
        }
        List<ResolvedType> arguments = Arrays.stream(permitted.getTypeParameters())
                .map(parameter -> passed.getOrDefault(parameter, erased(parameter)))
                .toList();
        return new ResolvedType(permitted, arguments, false);
    }

    private Map<TypeVariable<?>, ResolvedType> typeArguments() {
        Map<TypeVariable<?>, ResolvedType> typeArguments = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            typeArguments.put(raw.getTypeParameters()[i], arguments.get(i));
        }
        return typeArguments;
    }

    private static ResolvedType resolve(AnnotatedType type, Map<TypeVariable<?>, ResolvedType> typeArguments) {
        boolean nullable = hasNullable(type);
        if (type instanceof AnnotatedParameterizedType p) {
            List<ResolvedType> arguments = new ArrayList<>();
            for (AnnotatedType argument : p.getAnnotatedActualTypeArguments()) {
                arguments.add(resolve(argument, typeArguments));
            }
            return new ResolvedType(erase(p.getType()), List.copyOf(arguments), nullable);
        } else if (type instanceof AnnotatedArrayType a) {
            ResolvedType item = resolve(a.getAnnotatedGenericComponentType(), typeArguments);
            return new ResolvedType(item.raw().arrayType(), List.of(item), nullable);
        } else if (type instanceof AnnotatedWildcardType w) {
            return resolve(w.getAnnotatedUpperBounds()[0], typeArguments);
        } else if (type instanceof AnnotatedTypeVariable v) {
            TypeVariable<?> variable = (TypeVariable<?>) v.getType();
            ResolvedType argument = typeArguments.getOrDefault(variable, erased(variable));
            return nullable ? argument.nullable(true) : argument;
        }
        return of(erase(type.getType())).nullable(nullable);
    }

    /** The bound of a type variable, which also the JSON binding uses when the argument is not known. */
    private static ResolvedType erased(TypeVariable<?> variable) {
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
