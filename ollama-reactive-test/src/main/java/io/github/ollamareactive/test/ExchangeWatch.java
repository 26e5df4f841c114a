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
final class ExchangeWatch extends ChannelDuplexHandler {

    static final String NAME = "ollama-test-exchange-watch";

    private final Connections connections;
    private @Nullable Exchange exchange;
    private boolean hidesLength;

    ExchangeWatch(Connections connections) {
        this.connections = connections;
    }

    void begins(Exchange next) {
        exchange = next;
        hidesLength = false;
    }

    /**
     * A HEAD's answer may lack any length, and the connection stays. Reactor Netty would close it; so it is given a length,
     * which is taken out here.
     */
    void hidesLength() {
        hidesLength = true;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (hidesLength && message instanceof HttpResponse response) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        super.write(ctx, message, message instanceof LastHttpContent ? ending(promise) : promise);
    }

    private ChannelPromise ending(ChannelPromise promise) {
        Exchange ending = exchange;
        exchange = null;
        return ending == null
                ? promise
                : promise.unvoid().addListener(written -> {
                    if (written.isSuccess()) {
                        ending.toldAll();
                    } else {
                        broken(ending);
                    }
                });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Exchange cut = exchange;
        if (cut != null) {
            broken(cut);
        }
        ctx.fireChannelInactive();
    }

    private void broken(Exchange cut) {
        if (connections.closing()) {
            cut.serverClosed();
        } else {
            cut.clientWent();
        }
    }
}
