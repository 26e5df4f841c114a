// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import io.github.ollamareactive.protocol.JsonCodec;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonBoolean;
import io.github.ollamareactive.protocol.JsonValue.JsonNull;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** The one place of JSON: Jackson stays behind this door and the parsers of this package. */
public final class Json implements JsonCodec {
    /**
     * Lengths are limited by the framing, in bytes, so that one setting rules: the parser's own limits on texts and numbers
     * would refuse an image or a long context.
     */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(10_000)
                    .build())
            .build();

    /** Made at the first binding: most programs never bind, and databind is slow to start. */
    private static final class Mapper {
        private static final JsonMapper INSTANCE = JsonMapper.builder(FACTORY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(new SealedTypes())
                .build();
    }

    /** For {@link java.util.ServiceLoader}. */
    public Json() {}

    @Override
    public JsonValue parse(String json) {
        try (JsonParser p = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = p.nextToken();
            if (first == null) {
                throw new IllegalArgumentException("not JSON: empty");
            }
            JsonValue value = value(p);
            if (p.nextToken() != null) {
                throw new IllegalArgumentException("not JSON: more after the value");
            }
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + words(e), e);
        }
    }

    @Override
    public String print(JsonValue value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator g = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(value, g);
        }
        return out.toString();
    }

    @Override
    public <T> T bind(JsonValue value, Class<T> type) {
        try {
            return Mapper.INSTANCE.readValue(print(value), type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "can't make a " + type.getSimpleName() + " of the JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Map<String, String> names(Class<?> type) {
        Map<String, String> names = new LinkedHashMap<>();
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                names.put(((Enum<?>) constant).name(), Mapper.INSTANCE.convertValue(constant, String.class));
            }
            return names;
        }
        DeserializationConfig config = Mapper.INSTANCE.deserializationConfig();
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

    public static byte[] bytes(JsonValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator g = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(value, g);
        }
        return out.toByteArray();
    }

    /** Reads a frame that has to be one JSON object. */
    public static JsonObject object(byte[] bytes, int offset, int length) {
        if (value(bytes, offset, length) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedFrame("not a JSON object", null);
    }

    /** Reads a frame that has to be one JSON value. */
    public static JsonValue value(byte[] bytes, int offset, int length) {
        try (JsonParser p = FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            if (p.nextToken() == null) {
                throw new MalformedFrame("no JSON", null);
            }
            JsonValue value = value(p);
            if (p.nextToken() != null) {
                throw new MalformedFrame("more after the JSON value", null);
            }
            return value;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    public static MalformedFrame malformed(JacksonException e) {
        // Without the column: a parser that is used for many lines counts them all.
        return new MalformedFrame("no valid JSON (" + e.getOriginalMessage() + ")", e);
    }

    /**
     * Whether a byte is JSON's white space.
     *
     * @param b the byte
     * @return whether it is a space, a tab, CR or LF
     */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static String words(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return e.getOriginalMessage() + (at == null ? "" : ", column " + at.getColumnNr());
    }

    /** Builds the tree of the value that the parser stands on, and leaves it on the value's last token. */
    public static JsonValue value(JsonParser p) {
        return switch (p.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonValue> fields = new LinkedHashMap<>();
                for (String name = p.nextName(); name != null; name = p.nextName()) {
                    p.nextToken();
                    fields.put(name, value(p));
                }
                yield new JsonObject(fields);
            }
            case START_ARRAY -> {
                List<JsonValue> items = new ArrayList<>();
                while (p.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(p));
                }
                yield new JsonArray(items);
            }
            case VALUE_STRING -> new JsonString(p.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(p.getString());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new MalformedFrame("no JSON value", null);
        };
    }

    private static void write(JsonValue value, JsonGenerator g) {
        if (value instanceof JsonObject object) {
            g.writeStartObject();
            object.fields().forEach((name, field) -> {
                g.writeName(name);
                write(field, g);
            });
            g.writeEndObject();
        } else if (value instanceof JsonArray array) {
            g.writeStartArray();
            array.items().forEach(item -> write(item, g));
            g.writeEndArray();
        } else if (value instanceof JsonString string) {
            g.writeString(string.value());
        } else if (value instanceof JsonNumber number) {
            g.writeNumber(number.literal());
        } else if (value instanceof JsonBoolean bool) {
            g.writeBoolean(bool.value());
        } else {
            g.writeNull();
        }
    }

    /**
     * Tells a cut document from a malformed one: fed to a parser that waits for more, a cut one just waits.
     */
    public static boolean isCut(byte[] bytes, int offset, int length) {
        try (JsonParser p = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty())) {
            ((ByteArrayFeeder) p.nonBlockingInputFeeder()).feedInput(bytes, offset, offset + length);
            int depth = 0;
            JsonToken token = p.nextToken();
            while (token != null && token != JsonToken.NOT_AVAILABLE) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    return false; // whole, whatever else is wrong with it
                }
                token = p.nextToken();
            }
            return token != null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
