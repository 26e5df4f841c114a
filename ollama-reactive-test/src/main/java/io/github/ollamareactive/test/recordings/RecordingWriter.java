// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the file format: JSON Lines of one {@code request}, one {@code response}, any number of {@code data}, one {@code end}. */
final class RecordingWriter {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final double NANOS_PER_MILLI = 1e6;

    private RecordingWriter() {}

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
