// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationStats;
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
 * The lines of answers as the server writes them, and the events that they give. Fields are written with single quotes, as {@code
 * 'done_reason':'stop'}.
 */
final class AnswerLines {
    private static final String TIME = "2026-11-23T08:37:21.98373521Z";
    private static final String MODEL_AND_TIME = json("{'model':'m','created_at':'" + TIME + "',");
    private static final JsonMapper MAPPER = new JsonMapper();

    private AnswerLines() {}

    static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    private static String further(String[] fields) {
        return Arrays.stream(fields).map(field -> "," + json(field)).collect(Collectors.joining());
    }

    private static String message(String content, String... fields) {
        return json("'message':{'role':'assistant','content':") + quoted(content) + further(fields) + "}";
    }

    /** A line of a chat, with further fields of its message. */
    static String chatLine(String content, String... messageFields) {
        return MODEL_AND_TIME + message(content, messageFields) + json(",'done':false}");
    }

    /** The last line of a chat, with further fields. */
    static String lastChatLine(String content, String... fields) {
        return MODEL_AND_TIME + message(content) + json(",'done':true") + further(fields) + "}";
    }

    /** The last line of a chat, with further fields of its message. */
    static String lastChatLineWithMessage(String content, String... messageFields) {
        return MODEL_AND_TIME + message(content, messageFields) + json(",'done':true}");
    }

    static String generateLine(String response) {
        return MODEL_AND_TIME + json("'response':") + quoted(response) + json(",'done':false}");
    }

    /** The last line of generate, with further fields. */
    static String lastGenerateLine(String response, String... fields) {
        return MODEL_AND_TIME + json("'response':") + quoted(response) + json(",'done':true") + further(fields) + "}";
    }

    static String errorLine(String words) {
        return json("{'error':") + quoted(words) + "}";
    }

    static String lines(String... lines) {
        return Arrays.stream(lines).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** A stream as the server writes it: each line a chunk. */
    static Answer stream(String body) {
        return Answer.chunks(
                Stream.of(body.split("(?<=\n)")).map(AnswerLines::utf8).toArray(byte[][]::new));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Token token(String text) {
        return new Token(text, List.of());
    }

    /** The event that the last line of a chat or of generate gives. */
    static Done done(@Nullable String reason) {
        return new Done("m", OffsetDateTime.parse(TIME), reason, null, GenerationStats.NONE, null, null, null, null);
    }
}
