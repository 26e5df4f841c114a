// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Route;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Collects a request's body, and digests all of it. Of an uploaded blob the first 16 MiB are kept, so that uploads may have any
 * size; of other bodies 128 MiB, because a document is read as a whole.
 */
public final class RequestBody {

    private static final int MAX_KEPT_OF_BLOBS = 16 * 1024 * 1024;
    private static final int MAX_KEPT = 128 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private final MessageDigest digest = Bytes.sha256();
    private final int maxKept;
    private long total;

    private RequestBody(int maxKept) {
        this.maxKept = maxKept;
    }

    public static Mono<Bytes> of(HttpServerRequest request) {
        int maxKept = new Route(request.method().name(), request.uri()).isBlob() ? MAX_KEPT_OF_BLOBS : MAX_KEPT;
        return request.receive()
                .collect(() -> new RequestBody(maxKept), RequestBody::add)
                .map(RequestBody::bytes);
    }

    private void add(ByteBuf buffer) {
        int length = buffer.readableBytes();
        total += length;
        digest.update(buffer.nioBuffer());
        byte[] bytes = new byte[Math.min(length, maxKept - kept.size())];
        buffer.getBytes(buffer.readerIndex(), bytes);
        kept.writeBytes(bytes);
    }

    private Bytes bytes() {
        return Bytes.first(kept.toByteArray(), total, digest.digest());
    }
}
