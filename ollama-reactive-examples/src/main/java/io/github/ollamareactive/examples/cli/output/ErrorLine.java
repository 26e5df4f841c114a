// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import io.github.ollamareactive.protocol.OllamaException;
import java.io.UncheckedIOException;

/** Formats failures as one line for people. */
public final class ErrorLine {
    /** Limits error pages of proxies, which may be long and say what happened in their first words. */
    private static final int MAX_LENGTH = 500;

    private ErrorLine() {}

    /**
     * Formats a failure.
     *
     * @param failure the failure of a call
     * @return one line, never empty
     */
    public static String of(Throwable failure) {
        return "ollama-reactive: " + singleLine(message(failure));
    }

    private static String message(Throwable failure) {
        if (failure instanceof OllamaException.Status status) {
            String signInHint = status.signinUrl() == null ? "" : "; sign in at " + status.signinUrl();
            String pullHint = status.kind() == OllamaException.Status.Kind.MODEL_NOT_FOUND
                    ? "; 'ollama-reactive list' lists the installed models, 'ollama-reactive pull' downloads a model"
                    : "";
            return status.getMessage() + signInHint + pullHint;
        } else if (failure instanceof OllamaException
                || failure instanceof NoModelException
                || failure instanceof NoServerException
                || failure instanceof OutputClosedException
                || failure instanceof UncheckedIOException) {
            return String.valueOf(failure.getMessage());
        }
        return "unexpected error: " + failure;
    }

    private static String singleLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
