// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import java.time.Duration;

/** One step of a scripted generation. */
public sealed interface GenerationStep {

    /** A piece of thinking. */
    record Thinking(ScriptedToken token) implements GenerationStep {}

    /** A piece of the answer. */
    record Token(ScriptedToken token) implements GenerationStep {}

    /** A tool call. The arguments are a JSON object; an empty id is left out. */
    record ToolCalled(String id, String name, String arguments) implements GenerationStep {}

    /** A wait. */
    record Paused(Duration duration) implements GenerationStep {}

    /** An error, which ends the generation. */
    record Failed(String message) implements GenerationStep {}
}
