// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.generation.JsonSchema;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Binds sealed interfaces of records, whose documents name no type: to the first record that a document fits. Jackson's
 * own deduction knows no optional fields, so that it can't tell {@code {x}} from {@code {x, y}}.
 */
final class SealedTypes extends SimpleModule {
    private static final long serialVersionUID = 1;

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Deserializers.Base() {
            @Override
            public @Nullable ValueDeserializer<?> findBeanDeserializer(
                    JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
                boolean annotated =
                        config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, description.getClassInfo())
                                != null;
                return annotated || !hasDeserializerFor(config, type.getRawClass()) ? null : new AnyOf(type);
            }

            @Override
            public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
                return type.isInterface() && type.isSealed() && records(type).allMatch(Class::isRecord);
            }
        });
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedTypes::records)
                : Stream.of(type);
    }

    /** No record has the fields that the document has. */
    static final class FitsNone extends MismatchedInputException {
        private static final long serialVersionUID = 1;

        FitsNone(JsonParser p, JavaType base, Set<String> names) {
            super(p, "which fits no record of " + base.getRawClass().getSimpleName() + ": fields " + names, base);
        }
    }

    private record Alternative(Class<?> type, Set<String> names, Set<String> required) {
        static Alternative of(Class<?> type) {
            JsonObject schema = JsonSchema.of(type).fields();
            Set<String> names = new HashSet<>();
            if (schema.get("properties") instanceof JsonObject properties) {
                names.addAll(properties.fields().keySet());
            }
            Set<String> required = new HashSet<>();
            if (schema.get("required") instanceof JsonArray array) {
                array.items().forEach(name -> required.add(name.asString()));
            }
            return new Alternative(type, names, required);
        }
    }

    private static final class AnyOf extends StdDeserializer<Object> {
        private final JavaType base;
        private final List<Alternative> alternatives;

        AnyOf(JavaType base) {
            super(base);
            this.base = base;
            this.alternatives = records(base.getRawClass()).map(Alternative::of).toList();
        }

        @Override
        public Object deserialize(JsonParser p, DeserializationContext context) {
            if (!p.hasToken(JsonToken.START_OBJECT)) {
                throw MismatchedInputException.from(p, base, "no object");
            }
            TokenBuffer buffer = context.bufferAsCopyOfValue(p);
            Set<String> names = names(buffer, context);
            // Unknown fields are let pass, but a record that knows them goes first. The names alone choose: trying one
            // record after another would take a time exponential in the depth of what a model wrote.
            for (boolean known : new boolean[] {true, false}) {
                for (Alternative alternative : alternatives) {
                    if (names.containsAll(alternative.required) && alternative.names.containsAll(names) == known) {
                        return bind(buffer, alternative.type, context);
                    }
                }
            }
            throw new FitsNone(p, base, names);
        }

        private Object bind(TokenBuffer buffer, Class<?> type, DeserializationContext context) {
            try (JsonParser p = buffer.asParser(context)) {
                p.nextToken();
                return context.readValue(p, context.constructSpecializedType(base, type));
            }
        }

        private static Set<String> names(TokenBuffer buffer, DeserializationContext context) {
            Set<String> names = new HashSet<>();
            try (JsonParser p = buffer.asParser(context)) {
                if (p.nextToken() == JsonToken.START_OBJECT) {
                    for (String name = p.nextName(); name != null; name = p.nextName()) {
                        names.add(name);
                        p.nextToken();
                        p.skipChildren();
                    }
                }
            }
            return names;
        }
    }
}
