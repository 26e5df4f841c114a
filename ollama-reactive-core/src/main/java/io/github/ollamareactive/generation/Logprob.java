// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log probability of a token.
 *
 * @param token the token's text
 * @param logprob the natural logarithm of its probability, at most 0; NaN when the server sent none that can be read, as
 *     null for a probability of zero
 * @param bytes the token's bytes, 0 to 255 each; null when absent
 * @param topLogprobs the most likely alternatives, in descending order; empty unless requested
 */
public record Logprob(
        String token, double logprob, @Nullable List<Integer> bytes, List<Logprob> topLogprobs) {
    /**
     * Copies the lists.
     *
     * @param token see the record
     * @param logprob see the record
     * @param bytes see the record
     * @param topLogprobs see the record
     */
    public Logprob {
        bytes = bytes == null ? null : List.copyOf(bytes);
        topLogprobs = List.copyOf(topLogprobs);
    }
}
