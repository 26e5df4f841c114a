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

/** Converts events and statistics to the JSON that {@link TokenService} sends. */
final class TokenJson {
    private TokenJson() {}

    /** Null for events that are not sent. */
    static @Nullable JsonObject of(Observed observed) {
        if (observed instanceof Event event) {
            return event.event() instanceof Token token
                    ? JsonObject.EMPTY.with("text", token.text())
                    : event.event() instanceof Thinking thinking
                            ? JsonObject.EMPTY.with("thinking", thinking.text())
                            : null;
        }
        if (observed instanceof Snapshot snapshot) {
            return JsonObject.EMPTY
                    .with("tokens", snapshot.tokens())
                    .with("tokensPerSecond", snapshot.tokensPerSecond());
        }
        Summary summary = (Summary) observed;
        OptionalDouble tokensPerSecond = summary.server().tokensPerSecond();
        return JsonObject.EMPTY
                .with("done", summary.reason())
                .with("tokens", summary.server().evalCount())
                .with("tokensPerSecond", tokensPerSecond.isPresent() ? tokensPerSecond.getAsDouble() : null);
    }

    static JsonObject ofFailure(Throwable failure) {
        return JsonObject.EMPTY.with("error", String.valueOf(failure.getMessage()));
    }
}
