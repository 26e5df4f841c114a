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
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** The one place of JSON: Jackson stays behind this door and the parsers of this package. */
public abstract class Json implements JsonCodec {
    private static final Pattern SETTINGS =
            Pattern.compile(": enable `.*| ?\\(not recognized as one .*?\\)", Pattern.DOTALL);

    private static final int MAX_DEPTH = JsonCodec.MAX_DEPTH;
    private static final int MAX_NUMBER = 10_000;

    /**
     * Lengths are limited by the framing, in bytes, so that one setting rules: the parser's own limits on texts and names
     * would refuse an image or a long context.
     */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    protected Json() {}

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
        return JsonText.of(value);
    }

    @Override
    public Object bind(JsonValue value, Type type) {
        DatabindRequirement.check();
        return Binder.bind(value, type);
    }

    @Override
    public Object bind(JsonValue value, AnnotatedType type) {
        DatabindRequirement.check();
        return Binder.bind(value, type);
    }

    @Override
    public Map<String, String> names(Class<?> type) {
        DatabindRequirement.check();
        return Binder.names(type);
    }

    public static byte[] bytes(JsonValue value) {
        return JsonText.of(value).getBytes(StandardCharsets.UTF_8);
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
        int mark = startsWithMark(bytes, offset, length) ? 3 : 0;
        LineParser line = LineParser.acquire();
        try {
            JsonParser p = line.begin(bytes, offset + mark, length - mark);
            JsonValue value = value(p);
            line.end(p);
            line.release();
            return value;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * Whether a byte order mark of UTF-8 begins here.
     *
     * @param bytes where to look
     * @param offset the first byte
     * @param length how many bytes there are
     * @return whether the first three of them are a mark
     */
    public static boolean startsWithMark(byte[] bytes, int offset, int length) {
        return length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF;
    }

    public static MalformedFrame malformed(JacksonException e) {
        // Without the column: a parser that is used for many lines counts them all.
        return new MalformedFrame("no valid JSON (" + problem(e) + ")", e);
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
        return e instanceof StreamConstraintsException || at == null
                ? problem(e)
                : problem(e) + ", column " + at.getColumnNr();
    }

    /** What is wrong, without what the parser says about its own settings. */
    static String problem(JacksonException e) {
        String words = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return words.contains("nesting depth")
                    ? "nested deeper than " + MAX_DEPTH
                    : "a number of more than " + MAX_NUMBER + " characters";
        }
        return SETTINGS.matcher(words).replaceAll("");
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
