// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import io.github.ollamareactive.test.ReceivedRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads requests, whose fields have types. A value of another type is refused in the words of Go's decoder, with status 400. */
public final class RequestTypes {

    private static final Set<String> THINK_LEVELS = Set.of("low", "medium", "high", "max");
    private static final String THINK_VALUES = "(must be \"high\", \"medium\", \"low\", true, or false)";

    private static final Type STRING = new Type("string");
    private static final Type BOOL = new Type("bool");
    private static final Type INT = new Type("int");
    private static final Type MAP = new Type("map[string]interface {}");
    private static final Type STRINGS = new Type("[]string", STRING, Map.of());
    private static final Type IMAGES = new Type("[]api.ImageData", new Type("api.ImageData"), Map.of());
    private static final Type THINK = new Type("api.ThinkValue");

    private static final Type CALL = struct("api.ToolCall")
            .with("id", STRING)
            .with(
                    "function",
                    struct("api.ToolCallFunction")
                            .with("name", STRING)
                            .with("index", INT)
                            .with("arguments", new Type("api.ToolCallFunctionArguments")));
    private static final Type MESSAGE = struct("api.Message")
            .with("role", STRING)
            .with("content", STRING)
            .with("thinking", STRING)
            .with("images", IMAGES)
            .with("tool_calls", new Type("[]api.ToolCall", CALL, Map.of()))
            .with("tool_name", STRING)
            .with("tool_call_id", STRING);
    private static final Type TOOL = struct("api.Tool")
            .with("type", STRING)
            .with(
                    "function",
                    struct("api.ToolFunction")
                            .with("name", STRING)
                            .with("description", STRING)
                            .with(
                                    "parameters",
                                    struct("api.ToolFunctionParameters")
                                            .with("type", STRING)
                                            .with("required", STRINGS)
                                            .with("properties", MAP)));
    private static final Type GENERATION = struct("")
            .with("model", STRING)
            .with("stream", BOOL)
            .with("options", MAP)
            .with("think", THINK)
            .with("truncate", BOOL)
            .with("shift", BOOL)
            .with("logprobs", BOOL)
            .with("top_logprobs", INT)
            .with("_debug_render_only", BOOL);

    /** {@code name} is the former name of {@code model}. */
    private static final Type NAMED = struct("").with("model", STRING).with("name", STRING);

    private static final Type TRANSFER = NAMED.with("stream", BOOL).with("insecure", BOOL);

    private static final Map<String, Type> CHECKED = Map.of(
            "ChatRequest",
            GENERATION
                    .with("messages", new Type("[]api.Message", MESSAGE, Map.of()))
                    .with("tools", new Type("api.Tools", TOOL, Map.of())),
            "GenerateRequest",
            GENERATION
                    .with("prompt", STRING)
                    .with("suffix", STRING)
                    .with("system", STRING)
                    .with("template", STRING)
                    .with("raw", BOOL)
                    .with("context", new Type("[]int", INT, Map.of()))
                    .with("images", IMAGES),
            "EmbedRequest",
            struct("")
                    .with("model", STRING)
                    .with("truncate", BOOL)
                    .with("dimensions", INT)
                    .with("options", MAP),
            "EmbeddingRequest",
            struct("").with("model", STRING).with("prompt", STRING).with("options", MAP),
            "ShowRequest",
            NAMED.with("verbose", BOOL),
            "CopyRequest",
            struct("").with("source", STRING).with("destination", STRING),
            "DeleteRequest",
            NAMED,
            "PullRequest",
            TRANSFER,
            "PushRequest",
            TRANSFER,
            "CreateRequest",
            NAMED.with("stream", BOOL)
                    .with("from", STRING)
                    .with("template", STRING)
                    .with("system", STRING)
                    .with("quantize", STRING)
                    .with("quantization", STRING)
                    .with("files", new Type("map[string]string", STRING, Map.of()))
                    .with("parameters", MAP)
                    .with("messages", new Type("[]api.Message", MESSAGE, Map.of())));

    private RequestTypes() {}

    /**
     * A type of Go.
     *
     * @param go its name in Go
     * @param items the type of the elements of a list or the values of a map
     * @param fields the types of a structure's fields
     */
    private record Type(String go, @Nullable Type items, Map<String, Type> fields) {

        Type(String go) {
            this(go, null, Map.of());
        }

        Type with(String name, Type type) {
            Map<String, Type> more = new LinkedHashMap<>(fields);
            more.put(name, type);
            return new Type(go, items, more);
        }

        private boolean isList() {
            return go.startsWith("[]") || go.equals("api.Tools");
        }

        boolean accepts(JsonNode value) {
            return switch (go) {
                case "string" -> value.isString();
                case "bool" -> value.isBoolean();
                case "int" -> value.isIntegralNumber() && value.canConvertToLong();
                case "api.ImageData" -> value.isString();
                default -> isList() ? value.isArray() : value.isObject();
            };
        }
    }

    private static Type struct(String go) {
        return new Type(go);
    }

    /**
     * The fields of a request. Refuses a body that is none, and a field of another type than the server's.
     *
     * @param struct the name of the request's structure, such as {@code ChatRequest}
     */
    public static RequestFields read(ReceivedRequest request, String struct) {
        RequestFields fields = RequestFields.of(request, struct);
        Type type = CHECKED.getOrDefault(struct, struct(""));
        type.fields().forEach((name, field) -> check(struct + "." + name, field, fields.get(name)));
        return fields;
    }

    private static void check(String path, Type type, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        if (type.equals(THINK)) {
            checkThink(value);
            return;
        }
        if (!type.accepts(value)) {
            throw Refusal.of(
                    400,
                    "json: cannot unmarshal " + kindOf(value)
                            + (type.equals(INT) && value.isNumber() ? " " + value : "")
                            + " into Go struct field " + path + " of type " + type.go());
        }
        if (type.go().equals("api.ImageData")) {
            checkBase64(value.asString());
        }
        Type items = type.items();
        if (items != null) {
            value.forEach(item -> check(path, items, item));
        }
        // Fields ignore case, as everywhere in a request.
        value.properties().forEach(property -> {
            Type field = type.fields().get(property.getKey().toLowerCase(Locale.ROOT));
            if (field != null) {
                check(path + "." + property.getKey(), field, property.getValue());
            }
        });
    }

    /** What Go calls a value. */
    static String kindOf(JsonNode value) {
        return value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static void checkThink(JsonNode value) {
        if (!value.isString() && !value.isBoolean()) {
            throw Refusal.of(400, "think must be a boolean or string " + THINK_VALUES.replace("must be ", ""));
        }
        if (value.isString() && !THINK_LEVELS.contains(value.asString())) {
            throw Refusal.of(400, "invalid think value: " + value + " " + THINK_VALUES);
        }
    }

    /** Standard alphabet, with padding; line breaks are allowed. Names the position where Go's decoder stops. */
    private static void checkBase64(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                continue;
            }
            boolean digit = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
            if (!digit) {
                String rest = text.substring(i).replaceAll("[\r\n]", "");
                boolean padding = (digits % 4 == 2 && rest.equals("==")) || (digits % 4 == 3 && rest.equals("="));
                if (padding) {
                    return;
                }
                throw illegal(c == '=' && digits % 4 >= 2 ? text.length() : i);
            }
            digits++;
        }
        if (digits % 4 != 0) {
            throw illegal(text.length() - digits % 4);
        }
    }

    private static Refusal illegal(int position) {
        return Refusal.of(400, "illegal base64 data at input byte " + position);
    }
}
