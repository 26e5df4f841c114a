// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.generation.JsonSchema;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.bean.PropertyValueBuffer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.module.SimpleModule;

/** Records whose required components have no value in the document, or whose elements are null, are not made. */
final class RequiredComponents extends SimpleModule {
    private static final long serialVersionUID = 1;

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new ValueInstantiators.Base() {
            @Override
            public ValueInstantiator modifyValueInstantiator(
                    DeserializationConfig config, BeanDescription.Supplier description, ValueInstantiator original) {
                return description.getBeanClass().isRecord()
                        ? new Checking(original, description.getBeanClass())
                        : original;
            }
        });
    }

    private static final class Checking extends ValueInstantiator.Delegating {
        private static final long serialVersionUID = 1;

        private final Class<?> type;
        private transient volatile @Nullable Map<String, RecordComponent> components;

        Checking(ValueInstantiator original, Class<?> type) {
            super(original);
            this.type = type;
        }

        @Override
        public ValueInstantiator createContextual(
                DeserializationContext context, BeanDescription.Supplier description) {
            return new Checking(delegate().createContextual(context, description), type);
        }

        /** By the names in JSON. Asked for at the first record only, since the names ask the mapper that is being made. */
        private Map<String, RecordComponent> components() {
            Map<String, RecordComponent> known = components;
            if (known == null) {
                known = new HashMap<>();
                Map<String, String> names = Binder.names(type);
                for (RecordComponent component : type.getRecordComponents()) {
                    String name = names.get(component.getName());
                    if (name != null) {
                        known.put(name, component);
                    }
                }
                components = known;
            }
            return known;
        }

        @Override
        public Object createFromObjectWith(
                DeserializationContext context, SettableBeanProperty[] properties, PropertyValueBuffer buffer) {
            for (SettableBeanProperty property : properties) {
                RecordComponent component = components().get(property.getName());
                if (component != null) {
                    check(context, property, component, buffer);
                }
            }
            return super.createFromObjectWith(context, properties, buffer);
        }

        private void check(
                DeserializationContext context,
                SettableBeanProperty property,
                RecordComponent component,
                PropertyValueBuffer buffer) {
            boolean present = buffer.hasParameter(property);
            if (!present && !JsonSchema.requires(component)) {
                if (component.getType() == Optional.class) {
                    buffer.assignParameter(property, Optional.empty()); // never that of JSON's null
                }
                return;
            }
            Object value = present ? buffer.getParameter(context, property) : null;
            try {
                if (value != null) {
                    checkElements(value, component.getAnnotatedType());
                } else if (JsonSchema.requires(component)
                        && !(present && property.getType().getRawClass() == Object.class)) {
                    throw MismatchedInputException.from(context.getParser(), property.getType(), "no value");
                }
            } catch (JacksonException e) {
                throw e.prependPath(type, property.getName());
            }
        }
    }

    /**
     * Checks that elements are null only where the type says they may be.
     *
     * @throws MismatchedInputException with the path of the first that isn't
     */
    static void checkElements(@Nullable Object value, AnnotatedType type) {
        AnnotatedType[] arguments = type instanceof AnnotatedParameterizedType p
                ? p.getAnnotatedActualTypeArguments()
                : type instanceof AnnotatedArrayType a
                        ? new AnnotatedType[] {a.getAnnotatedGenericComponentType()}
                        : new AnnotatedType[0];
        if (value instanceof Map<?, ?> map && arguments.length == 2) {
            map.forEach((key, element) -> {
                try {
                    check(element, arguments[1]);
                } catch (JacksonException e) {
                    throw e.prependPath(map, String.valueOf(key));
                }
            });
        } else if (arguments.length == 1 && (value instanceof Collection || value instanceof Object[])) {
            Collection<?> elements = value instanceof Object[] array ? Arrays.asList(array) : (Collection<?>) value;
            int index = 0;
            for (Object element : elements) {
                try {
                    check(element, arguments[0]);
                } catch (JacksonException e) {
                    throw e.prependPath(elements, index);
                }
                index++;
            }
        }
    }

    private static void check(@Nullable Object element, AnnotatedType type) {
        Class<?> raw = raw(type.getType());
        if (element != null) {
            checkElements(element, type);
        } else if (raw != null && raw != Object.class && !isNullable(type)) {
            throw MismatchedInputException.from(null, raw, "null");
        }
    }

    /** Null for type variables and wildcards, of which it isn't known whether null is meant. */
    private static @Nullable Class<?> raw(Type type) {
        return type instanceof Class<?> c ? c : type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : null;
    }

    private static boolean isNullable(AnnotatedType type) {
        return Arrays.stream(type.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(a -> a.getSimpleName().equals("Nullable"));
    }
}
