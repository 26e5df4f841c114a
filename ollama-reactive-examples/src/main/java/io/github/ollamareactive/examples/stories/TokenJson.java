// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.operators.Observed;
import io.github.ollamareactive.operators.Observed.Event;
import io.github.ollamareactive.operators.Observed.Snapshot;
import io.github.ollamareactive.operators.Summary;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the service tells a browser. */
final class TokenJson {
    private TokenJson() {}

    /** Null for what a browser needn't know. */
    static @Nullable JsonObject of(Observed observed) {
        if (observed instanceof Event event) {
            return event.event() instanceof Token token
                    ? JsonObject.EMPTY.with("text", token.text())
                    : event.event() instanceof Thinking thinking
                            ? JsonObject.EMPTY.with("thinking", thinking.text())
                            : null;
        }
        if (observed instanceof Snapshot now) {
            return JsonObject.EMPTY.with("tokens", now.tokens()).with("tokensPerSecond", now.tokensPerSecond());
        }
        Summary end = (Summary) observed;
        OptionalDouble rate = end.server().tokensPerSecond();
        return JsonObject.EMPTY
                .with("done", end.reason())
                .with("tokens", end.server().evalCount())
                .with("tokensPerSecond", rate.isPresent() ? rate.getAsDouble() : null);
    }

    static JsonObject failure(Throwable failure) {
        return JsonObject.EMPTY.with("error", String.valueOf(failure.getMessage()));
    }
}
