// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;

/** One thing that happens in a generation. */
sealed interface GenerationStep {

    record Thinking(ScriptedToken words) implements GenerationStep {}

    record Token(ScriptedToken words) implements GenerationStep {}

    /** The arguments are a JSON object; the id may be empty. */
    record ToolCalled(String id, String name, String arguments) implements GenerationStep {}

    record Paused(Duration duration) implements GenerationStep {}

    record Failed(String words) implements GenerationStep {}
}
