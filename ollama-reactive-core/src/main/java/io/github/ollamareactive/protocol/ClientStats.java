// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the client measured of a stream. Times count from the subscription; a gap is the time between two consecutive
 * events. An event counts when it is emitted, which is when the subscriber asks for it: the time that a slow subscriber lets pass
 * is part of all of these numbers. What the server itself measured stands in {@code GenerationStats}.
 *
 * @param firstEvent time to the first event; null when none arrived
 * @param firstToken time to the first text of the answer, thinking not counted; null when none arrived
 * @param elapsed time to the end, or until now while the stream runs
 * @param events how many events arrived
 * @param characters how many characters of answer and thinking arrived (UTF-16 units, as {@code String.length} counts)
 * @param gapP50 the median gap; null for fewer than two events
 * @param gapP95 the 95th percentile of the gaps; null for fewer than two events
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
