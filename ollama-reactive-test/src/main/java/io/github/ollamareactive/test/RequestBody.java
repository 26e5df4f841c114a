// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** A request's body as it arrives: kept up to a limit, so that an upload of any size can be taken, and counted. */
final class RequestBody {
    private static final int KEPT = 16 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private long total;

    void add(ByteBuf piece) {
        int length = piece.readableBytes();
        total += length;
        byte[] bytes = new byte[Math.min(length, KEPT - kept.size())];
        piece.getBytes(piece.readerIndex(), bytes);
        kept.writeBytes(bytes);
    }

    Bytes bytes() {
        return Bytes.first(kept.toByteArray(), total);
    }
}
