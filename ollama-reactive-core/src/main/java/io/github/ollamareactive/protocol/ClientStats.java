// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this side saw of a stream, measured from its subscription. An event is seen when it is handed out, which is when somebody
 * asks for it: the time that a slow subscriber lets pass counts in all of these numbers. What the server itself measured
 * stands in {@code GenerationStats}.
 *
 * @param firstEvent time to the first event; null when none came
 * @param firstToken time to the first text of the answer, thinking not counted; null when none came
 * @param elapsed time until the end was handed out, or until now while the stream runs
 * @param events how many events came
 * @param characters how many characters of answer and thinking came (UTF-16 units, as {@code String.length} counts)
 * @param gapP50 the median time between two events; null for fewer than two events
 * @param gapP95 the time that 95 of 100 gaps stay within; null for fewer than two events
 * @param gapMax the longest gap; null for fewer than two events
 */
public record ClientStats(
        @Nullable Duration firstEvent,
        @Nullable Duration firstToken,
        Duration elapsed,
        long events,
        long characters,
        @Nullable Duration gapP50,
        @Nullable Duration gapP95,
        @Nullable Duration gapMax) {}
