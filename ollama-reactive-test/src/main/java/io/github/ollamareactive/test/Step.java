// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;

/** One thing that happens in a generation. */
sealed interface Step {

    record Thinking(Words words) implements Step {}

    record Token(Words words) implements Step {}

    /** The arguments are a JSON object; the id may be empty. */
    record ToolCalled(String id, String name, String arguments) implements Step {}

    record Paused(Duration duration) implements Step {}

    record Failed(String words) implements Step {}
}
