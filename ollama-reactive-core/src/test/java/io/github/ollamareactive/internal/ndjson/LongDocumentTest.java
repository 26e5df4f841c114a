// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.internal.readers.ModelReaders;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.test.recordings.Recording;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The longest recording byte by byte, which takes too long through a socket. */
final class LongDocumentTest {
    private static Shown read(Flux<ByteBuf> body) {
        return new NdjsonDecoder<>(body, () -> new DocumentFrames(1 << 20), ModelReaders::shown, 20)
                .blockLast(Duration.ofSeconds(30));
    }

    @Test
    void halfAMegabyteByteByByteIsTheSameDocument() {
        byte[] bytes = Recording.bundled("models-show-verbose").bodyBytes();
        Shown whole = read(Flux.just(Unpooled.wrappedBuffer(bytes)));
        Shown pieces = read(Flux.range(0, bytes.length).map(i -> Unpooled.wrappedBuffer(bytes, i, 1)));
        assertThat(pieces).isEqualTo(whole);
        assertThat(pieces.modelInfo().fields()).hasSizeGreaterThan(10);
        assertThat(pieces.tensors()).isNotEmpty();
    }
}
