// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ProgressEvent.Layer;
import io.github.ollamareactive.server.ProgressEvent.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * How far a download, upload or creation is, over all its layers.
 *
 * @param status the server's latest words
 * @param completed bytes done; never less than before, even when the server fetches a part again
 * @param total bytes of all layers that were seen so far, growing as layers show up; null until one is known
 * @param bytesPerSecond the pace of the last seconds, smoothed, falling towards 0 while nothing moves; null until it is known.
 *     Bytes that were there from the start, and a part that is fetched again, count as done and not as pace
 * @param remaining the time left at that pace, for the layers seen so far; null until it is known
 * @param success whether it is done
 */
public record Progress(
        String status,
        long completed,
        @Nullable Long total,
        @Nullable Double bytesPerSecond,
        @Nullable Duration remaining,
        boolean success) {

    /**
     * The share done, of the layers seen so far.
     *
     * @return 0 to 100; empty until a total is known
     */
    public OptionalDouble percent() {
        return total == null || total == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(100.0, completed * 100.0 / total));
    }

    /**
     * Adds the layers up.
     *
     * @param events a pull, push or creation
     * @return <b>Emits</b> one progress for each event. Demand, errors and cancel are those of the stream
     */
    public static Flux<Progress> total(Flux<ProgressEvent> events) {
        return Flux.defer(() -> events.map(new Adding()::add));
    }

    private static final class Adding {
        /** How many seconds the pace looks back, about. */
        private static final double MEMORY = 5;

        private static final double SAMPLE = 0.5;

        private final Map<String, Part> parts = new HashMap<>();
        private String status = "";
        private boolean success;
        private long completed;
        private long total;
        private long thereBefore;
        private long sampledMoved;
        private long sampledAt;
        private @Nullable Double rate;

        /** The most that was seen of a layer: a part that is fetched again is no progress until it is passed. */
        private record Part(long completed, long total) {}

        private static long now() {
            return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
        }

        Progress add(ProgressEvent event) {
            if (event instanceof Layer layer) {
                status = layer.status();
                add(layer);
            } else if (event instanceof Status words) {
                status = words.status();
            } else {
                status = "success";
                success = true;
            }
            sample();
            Long known = total == 0 ? null : total;
            return new Progress(status, completed, known, rate, remaining(known), success);
        }

        private void add(Layer layer) {
            if (parts.isEmpty()) {
                sampledAt = now();
            }
            Part before = parts.get(layer.digest());
            long doneBefore = before == null ? 0 : before.completed;
            long totalBefore = before == null ? 0 : before.total;
            Part part = new Part(
                    Math.max(doneBefore, layer.completed()),
                    Math.max(totalBefore, layer.total() == null ? 0 : layer.total()));
            parts.put(layer.digest(), part);
            completed += part.completed - doneBefore;
            total += part.total - totalBefore;
            if (before == null) {
                thereBefore += part.completed;
            }
        }

        private void sample() {
            double seconds = (now() - sampledAt) / 1e9;
            if (!parts.isEmpty() && seconds >= SAMPLE) {
                long moved = completed - thereBefore;
                double latest = (moved - sampledMoved) / seconds;
                double weight = 1 - Math.exp(-seconds / MEMORY);
                rate = rate == null ? latest : rate + weight * (latest - rate);
                sampledMoved = moved;
                sampledAt = now();
            }
        }

        private @Nullable Duration remaining(@Nullable Long total) {
            if (total == null || rate == null || rate < 1) {
                return null;
            }
            return Duration.ofMillis((long) (Math.max(0, total - completed) * 1000.0 / rate));
        }
    }
}
