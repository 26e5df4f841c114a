// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

/** What a number of tokens per second is enough for. */
public enum Throughput {
    /** Under 5 tokens per second. */
    TOO_SLOW(0, "too slow for most uses"),
    /** From 5 tokens per second. */
    BACKGROUND(5, "enough for background summarization"),
    /** From 15 tokens per second. */
    CHAT(15, "enough for interactive chat"),
    /** From 50 tokens per second. */
    COMPLETION(50, "enough for code completion");

    private final double from;
    private final String words;

    Throughput(double from, String words) {
        this.from = from;
        this.words = words;
    }

    /**
     * Judges a speed, as {@code GenerationStats.tokensPerSecond()} gives it.
     *
     * @param tokensPerSecond the speed
     * @return the best use it is fast enough for
     * @throws IllegalArgumentException for a negative number or none
     */
    public static Throughput of(double tokensPerSecond) {
        if (!(tokensPerSecond >= 0)) {
            throw new IllegalArgumentException("not a speed: " + tokensPerSecond);
        }
        Throughput best = TOO_SLOW;
        for (Throughput faster : values()) {
            if (tokensPerSecond >= faster.from) {
                best = faster;
            }
        }
        return best;
    }

    /**
     * The speed from which it counts.
     *
     * @return tokens per second
     */
    public double from() {
        return from;
    }

    /**
     * The use, for people, as {@code enough for interactive chat}.
     *
     * @return the words
     */
    public String words() {
        return words;
    }
}
