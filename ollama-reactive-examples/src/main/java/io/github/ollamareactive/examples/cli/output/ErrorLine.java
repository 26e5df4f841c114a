// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status;
import java.io.UncheckedIOException;
import java.util.Set;

/** Formats failures as one line for people. */
public final class ErrorLine {
    /** Limits error pages of proxies, which may be long and say what happened in their first words. */
    private static final int MAX_LENGTH = 500;

    private static final Set<Problem> UNREACHABLE = Set.of(Problem.REFUSED, Problem.UNKNOWN_HOST);

    private ErrorLine() {}

    /**
     * Formats a failure.
     *
     * @param failure the failure of a call
     * @param serverAdvice what the user can do if the server can't be reached; see {@link ServerAdvice}
     * @return one line, never empty
     */
    public static String of(Throwable failure, String serverAdvice) {
        String advice = advice(failure, serverAdvice);
        return "ollama-reactive: " + singleLine(message(failure)) + (advice.isEmpty() ? "" : "; " + advice);
    }

    private static String message(Throwable failure) {
        return failure instanceof OllamaException
                        || failure instanceof NoModelException
                        || failure instanceof NoServerException
                        || failure instanceof OutputClosedException
                        || failure instanceof UncheckedIOException
                ? String.valueOf(failure.getMessage())
                : "unexpected error: " + failure;
    }

    /** What the user can do; the library itself only says what happened. */
    private static String advice(Throwable failure, String serverAdvice) {
        if (failure instanceof Status status) {
            if (status.signinUrl() != null) {
                return "sign in at " + status.signinUrl();
            }
            return status.kind() == Status.Kind.MODEL_NOT_FOUND
                    ? "'ollama-reactive list' lists the installed models, 'ollama-reactive pull' downloads a model"
                    : "";
        } else if (failure instanceof NoModelException noModel) {
            return "download one with 'ollama-reactive pull " + noModel.exampleModel() + "', or name one with --model";
        }
        boolean unreachable = failure instanceof NoServerException
                || (failure instanceof Connection connection && UNREACHABLE.contains(connection.problem()));
        return unreachable ? serverAdvice : "";
    }

    private static String singleLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
