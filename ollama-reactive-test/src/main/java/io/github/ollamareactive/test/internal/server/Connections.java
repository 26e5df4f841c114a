// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's TCP connections. */
public final class Connections {

    private static final AttributeKey<Boolean> CLOSED_BY_SERVER = AttributeKey.valueOf("ollama-test-closed-by-server");

    private final AtomicInteger accepted = new AtomicInteger();
    private volatile ChannelGroup group = newGroup();
    private volatile boolean closed;

    Connections() {}

    /** A connection that arrives during {@link #close()} is closed by the group. */
    void add(Channel channel) {
        accepted.incrementAndGet();
        group.add(channel);
    }

    private static ChannelGroup newGroup() {
        return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    }

    /** The number of connections that are open. */
    public int open() {
        return group.size();
    }

    /** The number of connections accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    static boolean closedByServer(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(CLOSED_BY_SERVER).get());
    }

    ChannelGroupFuture close() {
        closed = true;
        group.forEach(channel -> channel.attr(CLOSED_BY_SERVER).set(true));
        return group.close();
    }

    /** Accepts connections again after {@link #close()}: a closed group would close each of them. */
    void reopen() {
        if (closed) {
            group = newGroup();
            closed = false;
        }
    }
}
