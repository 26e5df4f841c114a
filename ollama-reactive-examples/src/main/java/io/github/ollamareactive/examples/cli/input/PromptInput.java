// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the prompt from the command's argument or from standard input. */
public final class PromptInput {
    private static final String STANDARD_INPUT = "-";

    private PromptInput() {}

    /**
     * Reads the prompt. Text on standard input comes before that of the argument, as in {@code ollama run}.
     *
     * @param argument the command's argument; null if absent; {@code -} stands for standard input alone
     * @param command the command's name, for the error message
     * @param argumentName the argument's name, for the error message
     * @param in standard input
     * @param inIsTerminal whether standard input is a terminal, which is never read
     * @return the prompt
     * @throws UsageException if there is no prompt, or if standard input is not UTF-8
     */
    public static String read(
            @Nullable String argument, String command, String argumentName, InputStream in, boolean inIsTerminal) {
        String piped = inIsTerminal ? "" : readAll(in);
        if (argument != null && !argument.equals(STANDARD_INPUT)) {
            return piped.isBlank() ? argument : (piped + " " + argument).stripTrailing();
        } else if (piped.isBlank()) {
            throw new UsageException(command + " needs a " + argumentName + ", as an argument or on standard input");
        }
        // One line end at the end is what echo adds.
        return piped.replaceFirst("\r?\n\\z", "");
    }

    private static String readAll(InputStream in) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException("standard input is not UTF-8 text");
        } catch (IOException e) {
            throw new UncheckedIOException("can't read standard input", e);
        }
    }
}
