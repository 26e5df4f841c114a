// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures one stream in a fixed number of bytes. Not safe for several threads at once: a stream's signals are serial.
 *
 * <p>Gaps go into a histogram of 8 buckets to each doubling of the time, so a percentile is right within 6.25 %; the
 * first 64 gaps are also kept as they are, and as long as there are no more the percentiles are exact.
 */
public final class ClientClock {
    private static final int EXACT = 64;
    private static final int SUB_BITS = 3;

    private final long start;
    private long firstEvent = -1;
    private long firstToken = -1;
    private long last;
    private long events;
    private long characters;
    private long gapMax;
    private long @Nullable [] exact;
    private int @Nullable [] buckets;

    /**
     * Starts to measure.
     *
     * @param nowNanos the time of subscription
     */
    public ClientClock(long nowNanos) {
        this.start = nowNanos;
    }

    /**
     * Counts an event.
     *
     * @param nowNanos when it came, by the clock that gave the start
     * @param characters how many characters it brought
     * @param token whether it brought text of the answer
     */
    public void event(long nowNanos, int characters, boolean token) {
        if (firstEvent < 0) {
            firstEvent = nowNanos - start;
        } else {
            gap(nowNanos - last);
        }
        if (token && firstToken < 0 && characters > 0) {
            firstToken = nowNanos - start;
        }
        last = nowNanos;
        this.events++;
        this.characters += characters;
    }

    private void gap(long nanos) {
        gapMax = Math.max(gapMax, nanos);
        if (exact == null || buckets == null) {
            exact = new long[EXACT];
            buckets = new int[(64 - SUB_BITS) << SUB_BITS];
        }
        int index = (int) events - 1;
        if (events <= EXACT) {
            exact[index] = nanos;
        }
        buckets[bucket(nanos)]++;
    }

    /** Values below 16 have a bucket each; above, the leading bit and the three below it choose. */
    private static int bucket(long nanos) {
        long value = Math.max(0, nanos);
        if (value < 1 << (SUB_BITS + 1)) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    private static long middle(int bucket) {
        if (bucket < 1 << (SUB_BITS + 1)) {
            return bucket;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        long low = (long) ((bucket & ((1 << SUB_BITS) - 1)) | (1 << SUB_BITS)) << shift;
        return low + (1L << shift) / 2;
    }

    private @Nullable Duration percentile(double share) {
        long gaps = events - 1;
        if (gaps < 1 || exact == null || buckets == null) {
            return null;
        }
        long rank = Math.max(1, (long) Math.ceil(share * gaps));
        if (gaps <= EXACT) {
            long[] sorted = java.util.Arrays.copyOf(exact, (int) gaps);
            java.util.Arrays.sort(sorted);
            return Duration.ofNanos(sorted[(int) rank - 1]);
        }
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return Duration.ofNanos(Math.min(middle(i), gapMax));
            }
        }
        return Duration.ofNanos(gapMax);
    }

    /**
     * The numbers so far.
     *
     * @param nowNanos the time now
     * @return a snapshot
     */
    public ClientStats stats(long nowNanos) {
        return new ClientStats(
                firstEvent < 0 ? null : Duration.ofNanos(firstEvent),
                firstToken < 0 ? null : Duration.ofNanos(firstToken),
                Duration.ofNanos(nowNanos - start),
                events,
                characters,
                percentile(0.50),
                percentile(0.95),
                events < 2 ? null : Duration.ofNanos(gapMax));
    }
}
