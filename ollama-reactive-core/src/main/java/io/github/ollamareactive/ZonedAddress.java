// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;

/**
 * Connects to an IPv6 address in its zone, such as {@code fe80::1%eth0}: Reactor Netty drops the zone, and a link-local address
 * leads nowhere without. A record, since Reactor Netty keeps a pool for each set of options that differs.
 *
 * @param literal the address and its zone
 */
record ZonedAddress(String literal) implements ChannelPipelineConfigurer {
    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // the promise tells
            public void connect(
                    ChannelHandlerContext context,
                    SocketAddress to,
                    @Nullable SocketAddress from,
                    ChannelPromise done) {
                try {
                    context.connect(inZone(to), from, done);
                } catch (UnknownHostException e) {
                    done.setFailure(e);
                }
            }
        });
    }

    /** Another address than this, as a proxy's, stays. */
    private SocketAddress inZone(SocketAddress to) throws UnknownHostException {
        if (to instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address address) {
            String bare = literal.substring(0, literal.indexOf('%'));
            if (Arrays.equals(address.getAddress(), InetAddress.getByName(bare).getAddress())) {
                return new InetSocketAddress(InetAddress.getByName(literal), inet.getPort());
            }
        }
        return to;
    }
}
