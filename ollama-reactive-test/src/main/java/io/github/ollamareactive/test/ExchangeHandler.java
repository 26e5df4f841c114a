// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Sits before the HTTP encoder of a connection and tells its exchange what Reactor Netty keeps to itself: how it ended. */
final class ExchangeHandler extends ChannelDuplexHandler {

    static final String NAME = "ollama-test-exchange-watch";

    private @Nullable Exchange exchange;
    private boolean hidesLength;
    private boolean drops;

    void begins(Exchange next) {
        exchange = next;
        hidesLength = false;
        drops = false;
    }

    /**
     * A HEAD's answer may lack any length, and the connection stays. Reactor Netty would close it; so it is given a length,
     * which is taken out here.
     */
    void hidesLength() {
        hidesLength = true;
    }

    void dropsWhenDone() {
        drops = true;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (hidesLength && message instanceof HttpResponse response) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        super.write(ctx, message, message instanceof LastHttpContent ? ending(ctx, promise) : promise);
    }

    private ChannelPromise ending(ChannelHandlerContext ctx, ChannelPromise promise) {
        Exchange ending = exchange;
        exchange = null;
        return ending == null
                ? promise
                : promise.unvoid().addListener(written -> {
                    if (written.isSuccess()) {
                        ending.toldAll();
                        if (drops) {
                            var unused = ctx.close();
                        }
                    } else {
                        broken(ctx, ending);
                    }
                });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Exchange cut = exchange;
        if (cut != null) {
            broken(ctx, cut);
        }
        ctx.fireChannelInactive();
    }

    private static void broken(ChannelHandlerContext ctx, Exchange cut) {
        if (Connections.closedByUs(ctx.channel())) {
            cut.serverClosed();
        } else {
            cut.clientWent();
        }
    }
}
