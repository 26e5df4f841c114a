// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.netty.http.HttpResources;

/**
 * Resolves host names by DNS, as Reactor Netty does, and asks the system for those that DNS doesn't know, or says nothing of for a
 * quarter of the time: names of mDNS and of other sources that the system is set up for, and short forms such as {@code 127.1}.
 * What the system says then counts.
 *
 * <p>The system's call blocks, so it runs on threads of its own. All of it together may take as long as connecting.
 */
public final class SystemResolver extends AddressResolverGroup<InetSocketAddress> {
    private static final Executor THREADS = DaemonThreads.executor("ollama-reactive-resolver", 4);

    private final Duration limit;

    /**
     * A resolver for connections that may take so long.
     *
     * @param limit the time limit of connecting
     */
    public SystemResolver(Duration limit) {
        this.limit = limit;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor, limit);
    }

    /** Reactor Netty keeps a pool for each resolver: equal ones share it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SystemResolver that && limit.equals(that.limit);
    }

    @Override
    public int hashCode() {
        return limit.hashCode();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what a listener is added to is the same future
    private static final class Resolver extends AbstractAddressResolver<InetSocketAddress> {
        private final Duration limit;

        Resolver(EventExecutor executor, Duration limit) {
            super(executor, InetSocketAddress.class);
            this.limit = limit;
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return !address.isUnresolved();
        }

        @Override
        protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
            Promise<List<InetSocketAddress>> all = executor().newPromise();
            doResolveAll(address, all);
            all.addListener((Future<List<InetSocketAddress>> found) -> {
                if (found.isSuccess()) {
                    promise.trySuccess(found.getNow().get(0));
                } else {
                    promise.tryFailure(found.cause());
                }
            });
        }

        @Override
        @SuppressWarnings("unchecked") // as Reactor Netty does: the default resolver is one of internet addresses
        protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
            AddressResolver<SocketAddress> dns = (AddressResolver<SocketAddress>)
                    HttpResources.get().getOrCreateDefaultResolver().getResolver(executor());
            Future<?> late = executor()
                    .schedule(
                            () -> promise.tryFailure(new ConnectTimeoutException("resolving " + address)),
                            limit.toNanos(),
                            TimeUnit.NANOSECONDS);
            AtomicBoolean asked = new AtomicBoolean();
            Runnable askSystem = () -> {
                if (asked.compareAndSet(false, true)) {
                    askSystem(address, promise);
                }
            };
            // A name server that is out of reach would take all of the time.
            Future<?> silent = executor().schedule(askSystem, limit.toNanos() / 4, TimeUnit.NANOSECONDS);
            promise.addListener(done -> {
                late.cancel(false);
                silent.cancel(false);
            });
            dns.resolveAll(address).addListener((Future<List<SocketAddress>> found) -> {
                if (found.isSuccess()) {
                    promise.trySuccess(found.getNow().stream()
                            .map(InetSocketAddress.class::cast)
                            .toList());
                } else if (found.cause() instanceof UnknownHostException) {
                    askSystem.run();
                } else {
                    promise.tryFailure(found.cause());
                }
            });
        }

        private static void askSystem(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
            THREADS.execute(() -> {
                try {
                    promise.trySuccess(Arrays.stream(InetAddress.getAllByName(address.getHostString()))
                            .map(found -> new InetSocketAddress(found, address.getPort()))
                            .toList());
                } catch (UnknownHostException | SecurityException e) {
                    promise.tryFailure(unknown(address, e));
                }
            });
        }

        private static UnknownHostException unknown(InetSocketAddress address, Exception cause) {
            UnknownHostException unknown = new UnknownHostException(address.getHostString());
            unknown.initCause(cause);
            return unknown;
        }
    }
}
