// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.netty.channel.Channel;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;

/**
 * Lets the time limit of connecting hold for what a new connection waits for behind TCP: the proxy's answer and the TLS handshake.
 *
 * <p>A record, since Reactor Netty keeps a pool for each different one.
 *
 * @param millis the limit in milliseconds
 */
public record ConnectLimit(int millis) implements ChannelPipelineConfigurer {
    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remoteAddress) {
        ProxyHandler proxy = channel.pipeline().get(ProxyHandler.class);
        if (proxy != null) {
            proxy.setConnectTimeoutMillis(millis);
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.setHandshakeTimeoutMillis(millis);
        }
    }
}
