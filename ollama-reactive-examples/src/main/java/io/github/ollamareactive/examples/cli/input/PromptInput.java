// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the prompt from the command's argument or from standard input. */
public final class PromptInput {
    private PromptInput() {}

    /**
     * Reads the prompt.
     *
     * @param argument the command's argument; null if absent
     * @param command the command's name, for the error message
     * @param argumentName the argument's name, for the error message
     * @param in standard input, read only if the argument is absent
     * @param inIsTerminal whether standard input is a terminal, which is never read
     * @return the prompt
     * @throws UsageException if there is no prompt
     */
    public static String read(
            @Nullable String argument, String command, String argumentName, InputStream in, boolean inIsTerminal) {
        if (argument != null) {
            return argument;
        }
        String text = inIsTerminal ? "" : readAll(in);
        if (text.isBlank()) {
            throw new UsageException(command + " needs a " + argumentName + ", as an argument or on standard input");
        }
        return text;
    }

    /** Drops one line end at the end, which {@code echo} adds. */
    private static String readAll(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", "");
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the prompt from standard input", e);
        }
    }
}
