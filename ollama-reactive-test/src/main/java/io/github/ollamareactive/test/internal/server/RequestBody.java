// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Collects a request's body. Keeps the first 16 MiB and counts the rest, so that uploads may have any size. */
public final class RequestBody {

    private static final int MAX_KEPT = 16 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private long total;

    private RequestBody() {}

    public static Mono<Bytes> of(HttpServerRequest request) {
        return request.receive().collect(RequestBody::new, RequestBody::add).map(RequestBody::bytes);
    }

    private void add(ByteBuf buffer) {
        int length = buffer.readableBytes();
        total += length;
        byte[] bytes = new byte[Math.min(length, MAX_KEPT - kept.size())];
        buffer.getBytes(buffer.readerIndex(), bytes);
        kept.writeBytes(bytes);
    }

    private Bytes bytes() {
        return Bytes.first(kept.toByteArray(), total);
    }
}
