// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaException;
import org.jspecify.annotations.Nullable;

/**
 * Converts failures to the JSON that {@code --events} prints as its last line. The {@code type} is {@code status}, {@code stream},
 * {@code protocol}, {@code connection}, {@code timeout}, {@code local_file} for a local file that can't be read or that changed during
 * its upload, or {@code unexpected}.
 */
public final class ErrorJson {
    private ErrorJson() {}

    /**
     * Converts a failure.
     *
     * @param failure the failure of a call, usually an {@link OllamaException}
     * @return the JSON object
     */
    public static JsonObject of(Throwable failure) {
        JsonObject error = JsonObject.EMPTY.with("event", "error");
        if (failure instanceof OllamaException exception) {
            return details(error, exception)
                    .with("partial", nullIfEmpty(exception.partial().text()))
                    .with("partial_thinking", nullIfEmpty(exception.partial().thinking()));
        } else if (failure instanceof NoModelException) {
            return error.with("type", "status").with("kind", "model_not_found").with("message", failure.getMessage());
        } else if (failure instanceof NoServerException) {
            return error.with("type", "connection").with("message", failure.getMessage());
        }
        return error.with("type", "unexpected").with("message", failure.toString());
    }

    private static JsonObject details(JsonObject error, OllamaException failure) {
        if (failure instanceof OllamaException.Status status) {
            return error.with("type", "status")
                    .with("kind", status.kind())
                    .with("status", status.status())
                    .with("message", status.serverMessage())
                    .with("signin_url", status.signinUrl())
                    .with("location", status.location());
        } else if (failure instanceof OllamaException.Stream stream) {
            String message = stream.serverMessage();
            return error.with("type", "stream").with("message", message == null ? stream.getMessage() : message);
        } else if (failure instanceof OllamaException.Protocol protocol) {
            return error.with("type", "protocol")
                    .with("message", protocol.getMessage())
                    .with("line", protocol.line() > 0 ? protocol.line() : null);
        } else if (failure instanceof OllamaException.Timeout timeout) {
            return error.with("type", "timeout").with("phase", timeout.phase()).with("message", timeout.getMessage());
        }
        String type = failure instanceof OllamaException.LocalFile ? "local_file" : "connection";
        return error.with("type", type).with("message", failure.getMessage());
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
