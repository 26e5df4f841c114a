// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** A server in this process that answers one command with one recording, whatever is asked. */
final class Replay implements AutoCloseable {
    private final OllamaTestServer server;
    private final Recording recording;

    private Replay(OllamaTestServer server, Recording recording) {
        this.server = server;
        this.recording = recording;
    }

    static Replay start(String name, Pace pace) {
        Recording recording = Recording.bundled(name);
        OllamaTestServer server = OllamaTestServer.start();
        server.answer(recording.method(), recording.path(), Answer.of(recording).pace(pace));
        return new Replay(server, recording);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    /** What was sent when the recording was made. */
    JsonObject request() {
        String body = recording.requestBody();
        return body != null && JsonValue.parse(body) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    /** The time of the recording, so that nothing in it looks older than it was: the end of the second that the answer names. */
    Clock clock() {
        String date = recording.header("Date");
        Instant then = date == null
                ? Instant.now()
                : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
        return Clock.fixed(then.plusSeconds(1), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        server.close();
    }
}
