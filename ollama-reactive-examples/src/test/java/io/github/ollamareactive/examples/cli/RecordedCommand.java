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
 * The command line that sends the request of a recording. If no command line can send it, a command line that calls the same
 * endpoint, and so receives the same answer from a scripted server.
 *
 * @param args command and options
 * @param path the expected request path
 * @param body the expected request body; null if there is none, or if the request can't be expressed
 * @param canBeExpressed whether the command line can send the recorded request
 */
record RecordedCommand(
        List<String> args, String path, @Nullable JsonValue body, boolean canBeExpressed) {
    private static final String BLOBS = "/api/blobs/";

    static RecordedCommand of(Recording recording, Path folder) throws IOException {
        return switch (recording.path()) {
            case "/api/tags" -> withoutBody(recording, "list");
            case "/api/ps" -> withoutBody(recording, "ps");
            case "/api/version" -> withoutBody(recording, "version");
            case "/" -> withoutBody(recording, "ping");
            default -> recording.path().startsWith(BLOBS) ? blob(recording, folder) : withBody(recording, folder);
        };
    }

    private static RecordedCommand withoutBody(Recording recording, String... args) {
        return new RecordedCommand(List.of(args), recording.path(), null, true);
    }

    /** The program computes the digest of the file, so it can't send a wrong one. */
    private static RecordedCommand blob(Recording recording, Path folder) throws IOException {
        String digest = recording.path().substring(BLOBS.length());
        if (recording.method().equals("HEAD")) {
            return withoutBody(recording, "blob", "--check", digest);
        }
        String content = requireNonNull(recording.requestBody());
        Path file = Files.writeString(folder.resolve("blob"), content);
        String ownDigest = "sha256:" + Sha256.hex(content);
        return new RecordedCommand(List.of("blob", file.toString()), BLOBS + ownDigest, null, ownDigest.equals(digest));
    }

    private static RecordedCommand withBody(Recording recording, Path folder) throws IOException {
        String endpoint = recording.path().substring("/api/".length());
        JsonObject body = body(recording);
        if (body != null) {
            List<String> args = new RequestArguments(body, folder).forEndpoint(endpoint);
            if (!args.isEmpty()) {
                return new RecordedCommand(args, recording.path(), expectedBody(body), true);
            }
        }
        List<String> otherArgs = switch (endpoint) {
            case "pull", "push", "create", "show" -> List.of(endpoint, "any");
            default -> List.of(endpoint, "-m", "any", "any text");
        };
        return new RecordedCommand(otherArgs, recording.path(), null, false);
    }

    /** The program sends a single text as a list with one element, which is equivalent. */
    private static JsonObject expectedBody(JsonObject body) {
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
