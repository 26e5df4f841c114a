// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's TCP connections. */
final class Connections {

    private static final AttributeKey<Boolean> CLOSED_BY_US = AttributeKey.valueOf("ollama-test-closed-by-us");

    private final AtomicInteger accepted = new AtomicInteger();
    private volatile ChannelGroup group = newGroup();

    /** One that comes while we close is closed by the group. */
    void add(Channel channel) {
        accepted.incrementAndGet();
        group.add(channel);
    }

    private static ChannelGroup newGroup() {
        return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    }

    int open() {
        return group.size();
    }

    int accepted() {
        return accepted.get();
    }

    static boolean closedByUs(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(CLOSED_BY_US).get());
    }

    ChannelGroupFuture close() {
        group.forEach(channel -> channel.attr(CLOSED_BY_US).set(true));
        return group.close();
    }

    /** A closed group closes what it is given; after this there is one that does not. */
    void reopen() {
        group = newGroup();
    }
}
