// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.received;

import io.github.ollamareactive.protocol.ClientStats;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures one stream while it runs and gives the numbers as {@link ClientStats}. Its memory doesn't grow with the
 * stream. Not thread-safe: the signals of a stream are serial.
 */
public final class ClientStatsRecorder {
    private final long start;
    private long timeToFirstEvent = -1;
    private long timeToFirstToken = -1;
    private long lastEvent;
    private long events;
    private long characters;
    private @Nullable GapHistogram gaps;

    /**
     * Starts to measure.
     *
     * @param nowNanos the time of subscription
     */
    public ClientStatsRecorder(long nowNanos) {
        this.start = nowNanos;
    }

    /**
     * Counts an event.
     *
     * @param nowNanos when it arrived, by the clock that gave the time of subscription
     * @param characters how many characters it has
     * @param token whether its text belongs to the answer
     */
    public void event(long nowNanos, int characters, boolean token) {
        if (events == 0) {
            timeToFirstEvent = nowNanos - start;
        } else {
            if (gaps == null) {
                gaps = new GapHistogram();
            }
            gaps.add(nowNanos - lastEvent);
        }
        if (token && timeToFirstToken < 0 && characters > 0) {
            timeToFirstToken = nowNanos - start;
        }
        lastEvent = nowNanos;
        this.events++;
        this.characters += characters;
    }

    /**
     * The numbers so far.
     *
     * @param nowNanos the time now
     * @return a snapshot
     */
    public ClientStats stats(long nowNanos) {
        return new ClientStats(
                timeToFirstEvent < 0 ? null : Duration.ofNanos(timeToFirstEvent),
                timeToFirstToken < 0 ? null : Duration.ofNanos(timeToFirstToken),
                Duration.ofNanos(nowNanos - start),
                events,
                characters,
                gaps == null ? null : gaps.percentile(0.50),
                gaps == null ? null : gaps.percentile(0.95),
                gaps == null ? null : gaps.max());
    }

    /**
     * The times between the events of a stream. Each doubling of the time has 8 buckets, so that a percentile is within
     * 6.25 % of the true value. The first 64 gaps are also stored as they are, and while there are no more the percentiles
     * are exact.
     */
    private static final class GapHistogram {
        private static final int EXACT_GAPS = 64;
        private static final int BITS_PER_DOUBLING = 3;
        private static final int BUCKETS_PER_DOUBLING = 1 << BITS_PER_DOUBLING;

        /** Below this, each value has a bucket to itself. */
        private static final int SINGLE_VALUES = 2 * BUCKETS_PER_DOUBLING;

        private final long[] exact = new long[EXACT_GAPS];
        private final int[] buckets = new int[(64 - BITS_PER_DOUBLING) << BITS_PER_DOUBLING];
        private long count;
        private long max;

        void add(long nanos) {
            if (count < EXACT_GAPS) {
                exact[(int) count] = nanos;
            }
            buckets[bucketOf(nanos)]++;
            count++;
            max = Math.max(max, nanos);
        }

        Duration max() {
            return Duration.ofNanos(max);
        }

        /**
         * The time that a share of the gaps does not exceed.
         *
         * @param share 0 to 1
         * @return the smallest such time; there has to be a gap
         */
        Duration percentile(double share) {
            long rank = Math.max(1, (long) Math.ceil(share * count));
            if (count <= EXACT_GAPS) {
                long[] sorted = Arrays.copyOf(exact, (int) count);
                Arrays.sort(sorted);
                return Duration.ofNanos(sorted[(int) rank - 1]);
            }
            long seen = 0;
            for (int bucket = 0; bucket < buckets.length; bucket++) {
                seen += buckets[bucket];
                if (seen >= rank) {
                    return Duration.ofNanos(Math.min(middleOf(bucket), max));
                }
            }
            return max();
        }

        /** A large value's bucket is given by its leading bit and the three bits below it. */
        private static int bucketOf(long nanos) {
            long value = Math.max(0, nanos);
            if (value < SINGLE_VALUES) {
                return (int) value;
            }
            int shift = 63 - Long.numberOfLeadingZeros(value) - BITS_PER_DOUBLING;
            return (shift << BITS_PER_DOUBLING) + (int) (value >>> shift);
        }

        private static long middleOf(int bucket) {
            if (bucket < SINGLE_VALUES) {
                return bucket;
            }
            int shift = (bucket >> BITS_PER_DOUBLING) - 1;
            long low = (long) ((bucket & (BUCKETS_PER_DOUBLING - 1)) | BUCKETS_PER_DOUBLING) << shift;
            return low + (1L << shift) / 2;
        }
    }
}
