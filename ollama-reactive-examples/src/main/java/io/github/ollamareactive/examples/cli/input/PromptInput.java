// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The prompt: the command's argument, else what is piped in. */
public final class PromptInput {
    private PromptInput() {}

    /**
     * Finds the prompt.
     *
     * @param argument the command's argument; null when there is none
     * @param command the command, for the words of an error
     * @param name the argument's name, likewise
     * @param in standard input
     * @param inIsTerminal whether a person types there; then it isn't read
     * @return the prompt
     * @throws UsageException when there is none
     */
    public static String find(
            @Nullable String argument, String command, String name, InputStream in, boolean inIsTerminal) {
        if (argument != null) {
            return argument;
        }
        String text = inIsTerminal ? "" : read(in);
        if (text.isBlank()) {
            throw new UsageException(command + " needs a " + name + ", as an argument or piped in");
        }
        return text;
    }

    /** Without the line end that echo adds. */
    private static String read(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", "");
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the prompt from standard input", e);
        }
    }
}
