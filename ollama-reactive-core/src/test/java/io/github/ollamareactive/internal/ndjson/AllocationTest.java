// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.ollamareactive.internal.readers.GenerationReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What a token line costs in allocated bytes, which is the same on every machine. */
final class AllocationTest {
    private static final int LINES = 50_000;
    private static final int BOUND = 200;

    @Test
    void aTokenLineCostsTheEventAndItsText() {
        String chat = "{\"model\":\"gemma3:270m\",\"created_at\":\"2026-11-23T08:37:22.143643668Z\","
                + "\"message\":{\"role\":\"assistant\",\"content\":\" colour\"},\"done\":false}\n";
        String generate = "{\"model\":\"gemma3:270m\",\"created_at\":\"2026-11-23T08:37:22.1436Z\","
                + "\"response\":\" \\u003ccolour\",\"done\":false}\n";
        for (String line : new String[] {chat, generate}) {
            bytesPerEvent(line, 1);
            assertThat(bytesPerEvent(line, 1)).as("a line a buffer").isLessThan(BOUND);
            assertThat(bytesPerEvent(line, 50)).as("fifty lines a buffer").isLessThan(BOUND);
        }
    }

    private static double bytesPerEvent(String line, int linesPerBuffer) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The decoder copies and neither moves nor keeps the buffer, so one serves for all.
        ByteBuf buffer = Unpooled.wrappedBuffer(line.repeat(linesPerBuffer).getBytes(StandardCharsets.UTF_8));
        long[] events = new long[1];
        Flux<ByteBuf> source = Flux.<ByteBuf>generate(sink -> sink.next(buffer)).take(LINES / linesPerBuffer);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        new NdjsonDecoder<>(source, () -> new LineFrames(1 << 20), GenerationReader::new, 0)
                .onErrorComplete()
                .subscribe(e -> events[0]++);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(events[0]).isEqualTo(LINES);
        return (after - before) / (double) LINES;
    }
}
