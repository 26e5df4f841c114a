// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** What a user can do if the server can't be reached. It depends on how the server was named. */
public final class ServerAdvice {
    /** For the default address. */
    public static final String DEFAULT =
            "install Ollama (https://ollama.com/download) and run 'ollama serve', or name a server with --host or OLLAMA_HOST";

    private ServerAdvice() {}

    /**
     * The advice for a server that the user named.
     *
     * @param source the option or the variable, such as {@code --host}
     * @return the advice, a part of a sentence
     */
    public static String named(String source) {
        return "run 'ollama serve' there, or check the address in " + source;
    }
}
