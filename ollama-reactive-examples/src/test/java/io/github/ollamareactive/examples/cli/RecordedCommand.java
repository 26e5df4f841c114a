// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line that sends what a recording's client sent. Where there is none, one of the same endpoint: the server
 * gives the same answer to it.
 *
 * @param args command and options
 * @param path what must be asked for
 * @param body what must be sent; null for none, and where the command line can't say it
 * @param said whether the command line can say it
 */
record RecordedCommand(
        List<String> args, String path, @Nullable JsonValue body, boolean said) {
    private static final String BLOBS = "/api/blobs/";

    static RecordedCommand of(Recording recording, Path folder) throws IOException {
        return switch (recording.path()) {
            case "/api/tags" -> plain(recording, "list");
            case "/api/ps" -> plain(recording, "ps");
            case "/api/version" -> plain(recording, "version");
            case "/" -> plain(recording, "ping");
            default -> recording.path().startsWith(BLOBS) ? blob(recording, folder) : withBody(recording, folder);
        };
    }

    private static RecordedCommand plain(Recording recording, String... args) {
        return new RecordedCommand(List.of(args), recording.path(), null, true);
    }

    /** A client that reads the file sends it under no other digest than its own. */
    private static RecordedCommand blob(Recording recording, Path folder) throws IOException {
        String digest = recording.path().substring(BLOBS.length());
        if (recording.method().equals("HEAD")) {
            return plain(recording, "blob", "--check", digest);
        }
        String content = requireNonNull(recording.requestBody());
        Path file = Files.writeString(folder.resolve("blob"), content);
        String own = "sha256:" + Hashes.sha256(content);
        return new RecordedCommand(List.of("blob", file.toString()), BLOBS + own, null, own.equals(digest));
    }

    private static RecordedCommand withBody(Recording recording, Path folder) throws IOException {
        String command = recording.path().substring("/api/".length());
        JsonObject body = body(recording);
        if (body != null) {
            List<String> args = new Sayer(body, folder).say(command);
            if (!args.isEmpty()) {
                return new RecordedCommand(args, recording.path(), sent(body), true);
            }
        }
        List<String> other = switch (command) {
            case "pull", "push", "create", "show" -> List.of(command, "any");
            default -> List.of(command, "-m", "any", "any text");
        };
        return new RecordedCommand(other, recording.path(), null, false);
    }

    /** The program sends a single text as a list of one, which means the same. */
    private static JsonObject sent(JsonObject body) {
        return body.get("input") instanceof JsonString text ? body.with("input", List.of(text)) : body;
    }

    private static @Nullable JsonObject body(Recording recording) {
        String text = recording.requestBody();
        try {
            return text != null && JsonValue.parse(text) instanceof JsonObject object ? object : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
