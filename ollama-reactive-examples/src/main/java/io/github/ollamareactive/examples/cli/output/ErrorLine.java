// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import io.github.ollamareactive.protocol.OllamaException;
import java.io.UncheckedIOException;

/** A failure in one line for people. */
public final class ErrorLine {
    /** A proxy's error page may be long, and its first words say what there is to know. */
    private static final int MOST = 500;

    private ErrorLine() {}

    /**
     * A failure's words.
     *
     * @param failure what a call failed with
     * @return one line, never empty
     */
    public static String of(Throwable failure) {
        return "ollama-reactive: " + oneLine(words(failure));
    }

    private static String words(Throwable failure) {
        if (failure instanceof OllamaException.Status status) {
            String signIn = status.signinUrl() == null ? "" : "; sign in at " + status.signinUrl();
            String missing = status.kind() == OllamaException.Status.Kind.MODEL_NOT_FOUND
                    ? "; 'ollama-reactive list' shows the models there are, 'ollama-reactive pull' gets more"
                    : "";
            return status.getMessage() + signIn + missing;
        } else if (failure instanceof OllamaException
                || failure instanceof NoModelException
                || failure instanceof NoServerException
                || failure instanceof Output.Closed
                || failure instanceof UncheckedIOException) {
            return String.valueOf(failure.getMessage());
        }
        return "unexpected: " + failure;
    }

    private static String oneLine(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }
}
