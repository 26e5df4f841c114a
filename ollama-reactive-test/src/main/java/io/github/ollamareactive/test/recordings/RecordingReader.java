// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the file format, also as people write it: blank lines, a byte order mark and unknown fields are ignored; headers, times
 * and the reason phrase may be missing. What is wrong is told with its file and line.
 */
final class RecordingReader {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final Set<String> KNOWN = Set.of("request", "response", "data", "end");
    private static final String KINDS = "\"request\", \"response\", \"data\", \"end\"";

    private final String name;
    private final String source;
    private final List<RecordedChunk> chunks = new ArrayList<>();
    private int number;
    private Duration time = Duration.ZERO;
    private RecordedExchange.@Nullable Request request;
    private RecordedExchange.@Nullable Response response;
    private RecordedExchange.@Nullable End end;

    private RecordingReader(String name, String source) {
        this.name = name;
        this.source = source;
    }

    /**
     * Reads a recording.
     *
     * @param source the file, for messages
     */
    static Recording read(String name, String source, Stream<String> lines) {
        return new RecordingReader(name, source).read(lines.iterator());
    }

    private Recording read(Iterator<String> lines) {
        try {
            while (lines.hasNext()) {
                number++;
                String line = lines.next();
                String text = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
                if (!text.isBlank()) {
                    line(JsonMapper.shared().readTree(text));
                }
            }
        } catch (JacksonException e) {
            throw wrong("this is not JSON: " + e.getOriginalMessage());
        } catch (UncheckedIOException e) {
            throw wrong("the text is not UTF-8");
        }
        if (request == null || response == null) {
            throw wrong("the file ends without a " + (request == null ? "\"request\"" : "\"response\"") + " line");
        }
        if (end == null) {
            throw wrong("the file ends without an \"end\" line, such as {\"end\":{\"how\":\"complete\"}}");
        }
        return new Recording(name, new RecordedExchange(request, response, chunks, end));
    }

    private void line(JsonNode line) {
        String kind = line.properties().stream()
                .map(Map.Entry::getKey)
                .filter(KNOWN::contains)
                .findFirst()
                .orElse("");
        if (end != null) {
            throw wrong("nothing may follow the \"end\" line");
        }
        JsonNode fields = line.path(kind);
        if (!fields.isObject()) {
            throw wrong("a line must be an object with one of the fields " + KINDS + ", whose value is an object");
        }
        if (kind.equals("request") != (request == null)) {
            throw wrong(request == null ? "the first line must be \"request\"" : "there is a second \"request\" line");
        }
        if (!kind.equals("request") && kind.equals("response") != (response == null)) {
            throw wrong(
                    response == null
                            ? "the line behind \"request\" must be \"response\""
                            : "there is a second \"response\" line");
        }
        switch (kind) {
            case "request" -> request = request(fields);
            case "response" -> response = response(fields);
            case "data" -> chunks.add(new RecordedChunk(at(fields), bytes("data", fields)));
            default -> end = new RecordedExchange.End(at(fields), text("end", fields, "how"));
        }
    }

    private RecordedExchange.Request request(JsonNode fields) {
        JsonNode body = fields.path("body");
        JsonNode length = fields.path("bodyBytes");
        if (!length.isMissingNode() && !length.isIntegralNumber()) {
            throw wrong("\"bodyBytes\" must be a whole number, but is " + excerpt(length));
        }
        return new RecordedExchange.Request(
                text("request", fields, "method"),
                text("request", fields, "path"),
                headers(fields.path("headers")),
                body.isMissingNode() || body.isNull() ? null : body(body),
                length.isMissingNode() ? null : Long.valueOf(length.asLong()));
    }

    /** A text, bytes, or a JSON document that somebody wrote without quotation marks around it. */
    private Bytes body(JsonNode body) {
        if (body.isString()) {
            return Bytes.of(body.asString());
        }
        boolean written = body.isObject() && body.size() == 1 && (body.has("text") || body.has("base64"));
        return written ? bytes("body", body) : Bytes.of(body.toString());
    }

    private RecordedExchange.Response response(JsonNode fields) {
        JsonNode status = fields.path("status");
        if (!status.isIntegralNumber() || status.asInt(0) < 100 || status.asInt(0) > 999) {
            throw wrong("\"response\" needs a \"status\" from 100 to 999, but has " + excerpt(status));
        }
        String usual = HttpResponseStatus.valueOf(status.asInt()).reasonPhrase();
        return new RecordedExchange.Response(
                at(fields), status.asInt(), fields.path("reason").asString(usual), headers(fields.path("headers")));
    }

    private Bytes bytes(String kind, JsonNode fields) {
        if (!fields.has("base64")) {
            return Bytes.of(text(kind, fields, "text"));
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(text(kind, fields, "base64")));
        } catch (IllegalArgumentException e) {
            throw wrong("\"base64\" is not base64: " + e.getMessage());
        }
    }

    private String text(String kind, JsonNode fields, String field) {
        JsonNode value = fields.path(field);
        if (!value.isString()) {
            throw wrong("\"" + kind + "\" needs a text \"" + field + "\", but has " + excerpt(value));
        }
        return value.asString();
    }

    /** A line without a time, or with an earlier one than the line before, has that of the line before. */
    private Duration at(JsonNode fields) {
        JsonNode at = fields.path("atMs");
        if (!at.isMissingNode() && !at.isNumber()) {
            throw wrong("\"atMs\" must be a number of milliseconds, but is " + excerpt(at));
        }
        Duration read = Duration.ofNanos(Math.round(at.asDouble(0) * NANOS_PER_MILLI));
        time = read.compareTo(time) > 0 ? read : time;
        return time;
    }

    /** The value of a repeated header is a list. */
    private Map<String, List<String>> headers(JsonNode headers) {
        if (!headers.isMissingNode() && !headers.isNull() && !headers.isObject()) {
            throw wrong("\"headers\" must be an object, but is " + excerpt(headers));
        }
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            JsonNode value = header.getValue();
            List<JsonNode> values = value.isArray() ? value.valueStream().toList() : List.of(value);
            for (JsonNode one : values) {
                if (!one.isString() && !one.isNumber()) {
                    throw wrong("the header " + header.getKey() + " must be a text or a list of texts, but is "
                            + excerpt(one));
                }
                entries.add(Map.entry(header.getKey(), one.asString()));
            }
        }
        return Headers.of(entries);
    }

    private static String excerpt(JsonNode value) {
        String text = value.isMissingNode() ? "none" : Objects.toString(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name + " is not a recording: " + source + ", line " + number + ": " + what);
    }
}
