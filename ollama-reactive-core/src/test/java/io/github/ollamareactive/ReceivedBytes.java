// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** What a client has read from its sockets, headers and framing included. */
@Sharable
final class ReceivedBytes extends ChannelInboundHandlerAdapter {
    /** Enough for what a test looks for; an endless stream isn't kept. */
    private static final int KEPT = 10_000;

    private final AtomicLong count = new AtomicLong();
    private final StringBuffer text = new StringBuffer();

    /** The same configuration, observed. */
    OllamaClientConfig observe(OllamaClientConfig config) {
        return config.httpClient(http ->
                http.doOnConnected(connection -> connection.channel().pipeline().addFirst(this)));
    }

    /** How many bytes were read. */
    long count() {
        return count.get();
    }

    /** The first bytes, once the client has handled them. */
    String text() {
        return text.toString();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        String bytes = "";
        if (message instanceof ByteBuf buffer) {
            count.addAndGet(buffer.readableBytes());
            if (text.length() < KEPT) {
                bytes = buffer.toString(StandardCharsets.ISO_8859_1);
            }
        }
        context.fireChannelRead(message);
        text.append(bytes);
    }
}
