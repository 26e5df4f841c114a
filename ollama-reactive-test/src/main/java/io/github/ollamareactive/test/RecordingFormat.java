// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

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

/** The one place that knows how a recording is written down: JSON Lines of request, response, data, end. */
final class RecordingFormat {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final double NANOS_PER_MILLI = 1e6;

    private RecordingFormat() {}

    static Recording read(String name, Stream<String> lines) {
        try {
            Iterator<JsonNode> rest = lines.map(JSON::readTree).iterator();
            JsonNode request = next(rest).required("request");
            JsonNode response = next(rest).required("response");
            List<Recording.Chunk> chunks = new ArrayList<>();
            JsonNode line = next(rest);
            for (; line.has("data"); line = next(rest)) {
                JsonNode data = line.required("data");
                chunks.add(new Recording.Chunk(at(data), bytes(data)));
            }
            JsonNode end = line.required("end");
            return new Recording(
                    name,
                    sent(request),
                    answered(response),
                    chunks,
                    new Recording.Ended(at(end), end.required("how").asString()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name + " is no recording: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode next(Iterator<JsonNode> lines) {
        return lines.hasNext() ? lines.next() : JSON.createObjectNode();
    }

    private static Recording.Sent sent(JsonNode request) {
        JsonNode body = request.path("body");
        JsonNode length = request.path("bodyBytes");
        return new Recording.Sent(
                request.required("method").asString(),
                request.required("path").asString(),
                headers(request.path("headers")),
                body.isMissingNode() ? null : body.isObject() ? bytes(body) : Bytes.of(body.asString()),
                length.isMissingNode() ? null : length.asLong());
    }

    private static Recording.Answered answered(JsonNode response) {
        return new Recording.Answered(
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

    /** A header that came several times is a list. */
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

    static String write(Recording recording) {
        StringBuilder lines = new StringBuilder();
        append(lines, "request", request(recording.sent()));
        ObjectNode response = atMs(recording.answered().at())
                .put("status", recording.status())
                .put("reason", recording.reason());
        response.set("headers", headers(recording.headers()));
        append(lines, "response", response);
        for (Recording.Chunk chunk : recording.chunks()) {
            append(lines, "data", put(atMs(chunk.at()), chunk.content()));
        }
        append(lines, "end", atMs(recording.endedAt()).put("how", recording.end()));
        return lines.toString();
    }

    private static void append(StringBuilder lines, String kind, ObjectNode fields) {
        ObjectNode line = JSON.createObjectNode();
        line.set(kind, fields);
        lines.append(JSON.writeValueAsString(line)).append('\n');
    }

    private static ObjectNode request(Recording.Sent sent) {
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
