// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import static io.github.ollamareactive.test.internal.json.FieldTypes.ABSENT;
import static io.github.ollamareactive.test.internal.json.FieldTypes.DEFAULT_TRUE;
import static io.github.ollamareactive.test.internal.json.FieldTypes.IGNORED;
import static io.github.ollamareactive.test.internal.json.FieldTypes.KEEP_ALIVE;
import static io.github.ollamareactive.test.internal.json.FieldTypes.LIST_OF_VALUES;
import static io.github.ollamareactive.test.internal.json.FieldTypes.MAP;
import static io.github.ollamareactive.test.internal.json.FieldTypes.MODEL;
import static io.github.ollamareactive.test.internal.json.FieldTypes.NULLABLE;
import static io.github.ollamareactive.test.internal.json.FieldTypes.PICTURE;
import static io.github.ollamareactive.test.internal.json.FieldTypes.ROLE;
import static io.github.ollamareactive.test.internal.json.FieldTypes.SINGLE_OR_LIST;
import static io.github.ollamareactive.test.internal.json.FieldTypes.VALUE;
import static io.github.ollamareactive.test.internal.json.FieldTypes.list;
import static io.github.ollamareactive.test.internal.json.FieldTypes.mapOf;
import static io.github.ollamareactive.test.internal.json.FieldTypes.openStruct;
import static io.github.ollamareactive.test.internal.json.FieldTypes.struct;
import static java.util.Map.entry;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.FieldTypes.FieldType;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which request bodies mean the same to Ollama. It decodes them into structures: a field with the zero value of its type is an
 * absent one, unless the field is nullable; names of fields match in any case; of messages and tools it knows certain fields
 * only. Maps that it hands on (options, schemas, arguments) keep every value but null.
 */
public final class RequestEquivalence {

    private static final FieldType PROPERTY = FieldTypes.recursive(() -> RequestEquivalence.PROPERTY_FIELDS);
    private static final FieldType PARAMETERS = struct(Map.of(
            "type", VALUE,
            "$defs", VALUE,
            "items", VALUE,
            "required", VALUE,
            "properties", mapOf(PROPERTY)));
    private static final FieldType PROPERTY_FIELDS = struct(Map.of(
            "type", SINGLE_OR_LIST,
            "description", VALUE,
            "enum", VALUE,
            "items", VALUE,
            "anyOf", list(PROPERTY),
            "required", VALUE,
            "properties", mapOf(PROPERTY)));
    private static final FieldType TOOL = struct(Map.of(
            "type", VALUE,
            "items", VALUE,
            "function", struct(Map.of("name", VALUE, "description", VALUE, "parameters", PARAMETERS))));
    private static final FieldType TOOL_CALL =
            struct(Map.of("id", VALUE, "function", struct(Map.of("index", VALUE, "name", VALUE, "arguments", MAP))));
    private static final FieldType MESSAGE = struct(Map.of(
            "role", ROLE,
            "content", VALUE,
            "thinking", VALUE,
            "images", list(PICTURE),
            "tool_calls", list(TOOL_CALL),
            "tool_name", VALUE,
            "tool_call_id", VALUE));
    /** All other fields of requests are plain values. */
    private static final FieldType REQUEST = openStruct(Map.ofEntries(
            entry("model", MODEL),
            entry("name", MODEL),
            entry("source", MODEL),
            entry("destination", MODEL),
            entry("from", MODEL),
            entry("messages", list(MESSAGE)),
            entry("tools", list(TOOL)),
            entry("images", list(PICTURE)),
            entry("input", LIST_OF_VALUES),
            entry("license", LIST_OF_VALUES),
            entry("options", MAP),
            entry("parameters", MAP),
            entry("keep_alive", KEEP_ALIVE),
            entry("stream", NULLABLE),
            entry("think", NULLABLE),
            entry("shift", NULLABLE),
            entry("username", IGNORED),
            entry("password", IGNORED),
            entry("truncate", DEFAULT_TRUE)));

    private static final String NATIVE = "/api/";
    private static final Set<String> STREAMING = Set.of("chat", "generate", "pull", "push", "create");

    private RequestEquivalence() {}

    /**
     * The one form of all bodies that mean the same. On paths that are not of Ollama's own API only the order of keys, the
     * spelling of numbers and nulls do not matter.
     *
     * @param path the request's path
     * @param body the request's body; a missing node stays one
     */
    public static JsonNode document(String path, JsonNode body) {
        int api = path.lastIndexOf(NATIVE);
        if (api < 0) {
            return CanonicalJson.withoutNulls(body);
        }
        if (!(body.isNull() || body.isObject())) {
            return CanonicalJson.withoutNulls(body);
        }
        JsonNode read = REQUEST.read(body);
        ObjectNode document = read instanceof ObjectNode fields ? fields : WireJson.object();
        JsonNode name = document.remove("name");
        if (name != null && !document.has("model")) {
            document.set("model", name);
        }
        if (!document.has("stream")
                && STREAMING.contains(path.substring(api + NATIVE.length()).replaceFirst("[?/].*", ""))) {
            document.put("stream", true);
        }
        return CanonicalJson.sorted(document);
    }

    /** Equal for bodies that mean the same: the digest of the document, or of the body when it is not JSON. */
    public static String key(String path, Bytes body) {
        JsonNode json = body.total() == body.size() ? WireJson.parse(body.text()) : ABSENT;
        return json.isMissingNode()
                ? "bytes " + body.digest()
                : "json " + Bytes.of(document(path, json).toString()).digest();
    }
}
