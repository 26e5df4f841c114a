// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.ClientStats;
import org.jspecify.annotations.Nullable;

/** What {@link Stats#live} emits: the generation's events, numbers in between, and exactly one {@link Summary} at the end. */
public sealed interface Observed permits Observed.Event, Observed.Snapshot, Summary {

    /**
     * An event of the generation, as it is.
     *
     * @param event the event
     */
    record Event(GenerationEvent event) implements Observed {}

    /**
     * The numbers while the stream runs.
     *
     * @param tokens how many tokens came: one for each piece of answer or thinking, and as many as it carries log probabilities
     *     for where it does
     * @param tokensPerSecond how fast they came, from the first piece to the latest. What comes within the first tenth of a second counts
     *     as one piece, since it came in one go; null before a tenth of a second more
     * @param latestPerSecond how fast they came since the snapshot before, or since the subscription, a tenth of a second at least; null
     *     before the first piece and within that time
     * @param client what was seen here, as the summary will tell it
     */
    record Snapshot(
            long tokens,
            @Nullable Double tokensPerSecond,
            @Nullable Double latestPerSecond,
            ClientStats client) implements Observed {}
}
