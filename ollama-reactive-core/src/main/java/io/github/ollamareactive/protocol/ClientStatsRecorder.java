// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;
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
}
