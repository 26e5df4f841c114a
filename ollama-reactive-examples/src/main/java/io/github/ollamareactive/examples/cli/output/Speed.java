// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

/** What a number of tokens per second is good for. */
enum Speed {
    TOO_SLOW(0, "too slow for most uses"),
    BACKGROUND(5, "good for background summarization"),
    CHAT(15, "good for interactive chat"),
    COMPLETION(50, "good for code completion");

    private final double from;
    private final String words;

    Speed(double from, String words) {
        this.from = from;
        this.words = words;
    }

    static Speed of(double tokensPerSecond) {
        Speed speed = TOO_SLOW;
        for (Speed faster : values()) {
            if (tokensPerSecond >= faster.from) {
                speed = faster;
            }
        }
        return speed;
    }

    @Override
    public String toString() {
        return words;
    }
}
