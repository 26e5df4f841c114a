// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file format: JSON Lines of one {@code request}, one {@code response}, any number of {@code data}, one {@code end}. */
final class RecordingFormat {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final double NANOS_PER_MILLI = 1e6;

    private RecordingFormat() {}

    static Recording read(String name, Stream<String> lines) {
        try {
            Iterator<JsonNode> rest = lines.map(JSON::readTree).iterator();
            JsonNode request = next(rest).required("request");
            JsonNode response = next(rest).required("response");
            List<RecordedChunk> chunks = new ArrayList<>();
            JsonNode line = next(rest);
            for (; line.has("data"); line = next(rest)) {
                JsonNode data = line.required("data");
                chunks.add(new RecordedChunk(at(data), bytes(data)));
            }
            JsonNode end = line.required("end");
            return new Recording(
                    name,
                    new RecordedExchange(
                            request(request),
                            response(response),
                            chunks,
                            new RecordedExchange.End(
                                    at(end), end.required("how").asString())));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name + " is not a recording: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode next(Iterator<JsonNode> lines) {
        return lines.hasNext() ? lines.next() : JSON.createObjectNode();
    }

    private static RecordedExchange.Request request(JsonNode request) {
        JsonNode body = request.path("body");
        JsonNode length = request.path("bodyBytes");
        return new RecordedExchange.Request(
                request.required("method").asString(),
                request.required("path").asString(),
                headers(request.path("headers")),
                body.isMissingNode() ? null : body.isObject() ? bytes(body) : Bytes.of(body.asString()),
                length.isMissingNode() ? null : length.asLong());
    }

    private static RecordedExchange.Response response(JsonNode response) {
        return new RecordedExchange.Response(
                at(response),
                response.required("status").asInt(),
                response.required("reason").asString(),
                headers(response.path("headers")));
    }

    private static Bytes bytes(JsonNode data) {
        return data.has("base64")
                ? Bytes.of(Base64.getDecoder().decode(data.required("base64").asString()))
                : Bytes.of(data.required("text").asString());
    }

    private static Duration at(JsonNode line) {
        return Duration.ofNanos(Math.round(line.required("atMs").asDouble() * NANOS_PER_MILLI));
    }

    /** The value of a repeated header is a list. */
    private static Map<String, List<String>> headers(JsonNode headers) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            if (header.getValue().isArray()) {
                header.getValue().forEach(value -> entries.add(Map.entry(header.getKey(), value.asString())));
            } else {
                entries.add(Map.entry(header.getKey(), header.getValue().asString()));
            }
        }
        return Headers.of(entries);
    }

    static String write(RecordedExchange exchange) {
        StringBuilder lines = new StringBuilder();
        append(lines, "request", request(exchange.request()));
        append(lines, "response", response(exchange.response()));
        for (RecordedChunk chunk : exchange.chunks()) {
            append(lines, "data", put(atMs(chunk.at()), chunk.content()));
        }
        RecordedExchange.End end = exchange.end();
        append(lines, "end", atMs(end.at()).put("how", end.how()));
        return lines.toString();
    }

    private static void append(StringBuilder lines, String kind, ObjectNode fields) {
        ObjectNode line = JSON.createObjectNode();
        line.set(kind, fields);
        lines.append(JSON.writeValueAsString(line)).append('\n');
    }

    private static ObjectNode request(RecordedExchange.Request sent) {
        ObjectNode request =
                JSON.createObjectNode().put("method", sent.method()).put("path", sent.path());
        request.set("headers", headers(sent.headers()));
        @Nullable Bytes body = sent.body();
        @Nullable Long length = sent.bodyLength();
        if (body != null && body.isUtf8()) {
            request.put("body", body.text());
        } else if (body != null) {
            request.set("body", put(JSON.createObjectNode(), body));
        } else if (length != null) {
            request.put("bodyBytes", length.longValue());
        }
        return request;
    }

    private static ObjectNode response(RecordedExchange.Response received) {
        ObjectNode response =
                atMs(received.at()).put("status", received.status()).put("reason", received.reason());
        response.set("headers", headers(received.headers()));
        return response;
    }

    private static ObjectNode put(ObjectNode fields, Bytes bytes) {
        return bytes.isUtf8()
                ? fields.put("text", bytes.text())
                : fields.put("base64", Base64.getEncoder().encodeToString(bytes.array()));
    }

    private static ObjectNode atMs(Duration at) {
        return JSON.createObjectNode().put("atMs", at.toNanos() / NANOS_PER_MILLI);
    }

    private static ObjectNode headers(Map<String, List<String>> headers) {
        ObjectNode fields = JSON.createObjectNode();
        headers.forEach((name, values) -> {
            if (values.size() == 1) {
                fields.put(name, values.get(0));
            } else {
                fields.set(name, JSON.valueToTree(values));
            }
        });
        return fields;
    }
}
