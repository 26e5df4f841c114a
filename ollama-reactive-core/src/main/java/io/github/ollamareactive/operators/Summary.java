// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.protocol.ClientStats;

/**
 * The numbers at the end of a generation.
 *
 * @param reason why it ended: the server's {@code done_reason} ({@link #UNKNOWN} when it gave none), or one of this class's words
 * @param server what the server measured; {@link GenerationStats#NONE} when it never said
 * @param client what was seen here
 */
public record Summary(String reason, GenerationStats server, ClientStats client) implements Aggregate, Observed {
    /** The server ended the answer without saying why. */
    public static final String UNKNOWN = "unknown";

    /** The subscriber cancelled. */
    public static final String CANCELLED = "cancelled";

    /** This side ended the answer, because it was enough: {@link Tokens#until(Budget)}. */
    public static final String BUDGET = "budget";

    /** The stream failed. */
    public static final String FAILED = "failed";
}
