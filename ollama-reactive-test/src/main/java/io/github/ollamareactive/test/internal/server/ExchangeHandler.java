// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Reports how the exchange of a connection ended, which Reactor Netty does not tell. Stands before the HTTP encoder. */
final class ExchangeHandler extends ChannelDuplexHandler {

    static final String NAME = "ollama-test-exchange";

    private @Nullable ExchangeOutcome current;
    private boolean hidesLength;
    private boolean closesAfterwards;

    void begin(ExchangeOutcome next) {
        current = next;
        hidesLength = false;
        closesAfterwards = false;
    }

    /**
     * Removes the {@code Content-Length} from the next head. The response to a HEAD request may lack one, but Reactor Netty
     * would close the connection then. So it is given a length, which is removed here.
     */
    void hideLength() {
        hidesLength = true;
    }

    void closeAfterResponse() {
        closesAfterwards = true;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (hidesLength && message instanceof HttpResponse response) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        super.write(ctx, message, message instanceof LastHttpContent ? ending(ctx, promise) : promise);
    }

    private ChannelPromise ending(ChannelHandlerContext ctx, ChannelPromise promise) {
        ExchangeOutcome ending = current;
        current = null;
        return ending == null
                ? promise
                : promise.unvoid().addListener(written -> {
                    if (written.isSuccess()) {
                        ending.responseWritten();
                        if (closesAfterwards) {
                            var unused = ctx.close();
                        }
                    } else {
                        interrupted(ctx, ending);
                    }
                });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ExchangeOutcome unfinished = current;
        if (unfinished != null) {
            interrupted(ctx, unfinished);
        }
        ctx.fireChannelInactive();
    }

    private static void interrupted(ChannelHandlerContext ctx, ExchangeOutcome unfinished) {
        if (Connections.closedByServer(ctx.channel())) {
            unfinished.serverClosed();
        } else {
            unfinished.clientClosed();
        }
    }
}
