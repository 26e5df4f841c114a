// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's TCP connections. */
final class Connections {

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean closing;

    /** One that comes while we close is closed by the group. */
    void add(Channel channel) {
        accepted.incrementAndGet();
        open.add(channel);
    }

    int open() {
        return open.size();
    }

    int accepted() {
        return accepted.get();
    }

    boolean closing() {
        return closing;
    }

    ChannelGroupFuture close() {
        closing = true;
        return open.close();
    }
}
