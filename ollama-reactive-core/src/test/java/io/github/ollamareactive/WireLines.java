// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.test.Answer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The notation of the tables of wire cases: {@code c(x)} a chat line with content x, {@code g(x)} the same of generate, {@code
 * d(x, …)} a chat line with {@code done:true} and further fields, {@code p(s, …)} a line of progress. JSON is written with
 * single quotes. Behind them, the events that such lines give.
 */
final class WireLines {
    private static final String TIME = "2026-11-23T08:37:21.98373521Z";
    private static final JsonMapper MAPPER = new JsonMapper();

    private WireLines() {}

    static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    private static String more(String[] fields) {
        return Arrays.stream(fields).map(f -> "," + json(f)).collect(Collectors.joining());
    }

    private static String head() {
        return json("{'model':'m','created_at':'" + TIME + "',");
    }

    static String message(String content, String... fields) {
        return json("'message':{'role':'assistant','content':") + quoted(content) + more(fields) + "}";
    }

    static String c(String content, String... messageFields) {
        return head() + message(content, messageFields) + json(",'done':false}");
    }

    static String d(String content, String... fields) {
        return head() + message(content) + json(",'done':true") + more(fields) + "}";
    }

    /** The end of a chat with further fields inside of its message. */
    static String dm(String content, String... messageFields) {
        return head() + message(content, messageFields) + json(",'done':true}");
    }

    static String g(String response, String... fields) {
        return head() + json("'response':") + quoted(response) + json(",'done':false") + more(fields) + "}";
    }

    static String gd(String response, String... fields) {
        return head() + json("'response':") + quoted(response) + json(",'done':true") + more(fields) + "}";
    }

    static String p(String status, String... fields) {
        return json("{'status':") + quoted(status) + more(fields) + "}";
    }

    static String error(String words) {
        return json("{'error':") + quoted(words) + "}";
    }

    static String lines(String... lines) {
        return Arrays.stream(lines).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** A stream as the server writes it: each line a chunk. */
    static Answer answer(String body) {
        return Answer.chunks(
                Stream.of(body.split("(?<=\n)")).map(WireLines::utf8).toArray(byte[][]::new));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Token token(String text) {
        return new Token(text, List.of());
    }

    static Thinking thinking(String text) {
        return new Thinking(text, List.of());
    }

    static ToolCalled called(@Nullable String id, @Nullable Integer index, String name, String arguments) {
        return new ToolCalled(new ToolCall(id, index, name, (JsonObject) JsonValue.parse(json(arguments))));
    }

    static Done done(@Nullable String reason) {
        return done(reason, null, GenerationStats.NONE);
    }

    static Done done(@Nullable String reason, @Nullable List<Integer> context, GenerationStats stats) {
        return new Done("m", OffsetDateTime.parse(TIME), reason, context, stats, null, null, null, null);
    }

    /** The end of an answer that names neither model nor time. */
    static Done bareDone(@Nullable String reason) {
        return new Done(null, null, reason, null, GenerationStats.NONE, null, null, null, null);
    }

    static ProgressEvent status(String words) {
        return new ProgressEvent.Status(words);
    }

    static ProgressEvent layer(String status, String digest, @Nullable Long total, long completed) {
        return new ProgressEvent.Layer(status, digest, total, completed);
    }

    static ProgressEvent success() {
        return new ProgressEvent.Success();
    }
}
