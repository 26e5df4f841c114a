// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

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

/** A server in this process that answers every request with one recording. */
final class ReplayServer implements AutoCloseable {
    private final OllamaTestServer server;
    private final Recording recording;

    private ReplayServer(OllamaTestServer server, Recording recording) {
        this.server = server;
        this.recording = recording;
    }

    static ReplayServer start(String recordingName, Pace pace) {
        Recording recording = Recording.bundled(recordingName);
        OllamaTestServer server = OllamaTestServer.start();
        server.answer(recording.method(), recording.path(), Answer.of(recording).pace(pace));
        return new ReplayServer(server, recording);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    /** The request body of the recorded exchange; empty if there was none. */
    JsonObject recordedRequest() {
        String body = recording.requestBody();
        return body != null && JsonValue.parse(body) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    /**
     * A clock fixed to the time of the recording, so that relative times are those of the recorded moment. The {@code Date}
     * header is truncated to seconds; one second is added, so that no time in the answer is in the future.
     */
    Clock clock() {
        String date = recording.header("Date");
        Instant recordedAt = date == null
                ? Instant.now()
                : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
        return Clock.fixed(recordedAt.plusSeconds(1), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        server.close();
    }
}
