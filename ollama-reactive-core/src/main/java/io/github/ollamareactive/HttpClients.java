// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.internal.http.ConnectLimit;
import io.github.ollamareactive.internal.http.SystemResolver;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Objects;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Builds the connection pool and the HTTP client of an {@link OllamaClient}. */
final class HttpClients {
    /**
     * Limits a read from the socket, so that little data is left in memory when a subscriber pauses. One object for all
     * clients, because Reactor Netty keeps a pool for each combination of channel options.
     */
    private static final AdaptiveRecvByteBufAllocator RECEIVE_BUFFERS =
            new AdaptiveRecvByteBufAllocator(512, 2048, 8192);

    private HttpClients() {}

    static ConnectionProvider connectionPool(ConfigValues config) {
        // The first event timeout limits the wait for a connection, so the pool must not limit it a second time.
        return ConnectionProvider.builder("ollama-reactive")
                .maxConnections(config.maxConnections)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofMillis(Integer.MAX_VALUE))
                .maxIdleTime(Duration.ofSeconds(60))
                .evictInBackground(Duration.ofSeconds(30))
                .build();
    }

    @SuppressWarnings("deprecation") // Netty 4.1, as in Spring Boot 3.5, has the option by this name only.
    static HttpClient create(ConfigValues config, ConnectionProvider connectionPool) {
        String userAgent = userAgent();
        HttpClient client = HttpClient.create(connectionPool)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis(config))
                .option(ChannelOption.RCVBUF_ALLOCATOR, RECEIVE_BUFFERS)
                // HttpExchange retries, by the configuration and with its hook.
                .disableRetry(true)
                .headers(headers -> headers.set("User-Agent", userAgent));
        String zoned = config.baseUrl.zonedAddress();
        if (zoned != null) {
            client = client.doOnChannelInit(new ZonedAddress(zoned));
        }
        client = requireNonNull(config.httpClient.apply(client), "httpClient: the hook returned null");
        if (client.configuration().resolver() == null) {
            client = client.resolver(new SystemResolver(config.connectTimeout));
        }
        return client.doOnChannelInit(new ConnectLimit(connectTimeoutMillis(config)));
    }

    /**
     * Whether the HTTP client of one configuration does for another. Reactor Netty keeps a connection pool for each
     * combination of settings and hooks, and compares hooks by identity.
     */
    static boolean isSame(ConfigValues one, ConfigValues other) {
        return one.httpClient == other.httpClient
                && one.connectTimeout.equals(other.connectTimeout)
                && Objects.equals(one.baseUrl.zonedAddress(), other.baseUrl.zonedAddress());
    }

    private static int connectTimeoutMillis(ConfigValues config) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, config.connectTimeout.toMillis()));
    }

    private static String userAgent() {
        String version = HttpClients.class.getPackage().getImplementationVersion();
        return "ollama-reactive/" + (version == null ? "dev" : version) + " (Java "
                + Runtime.version().feature() + ")";
    }
}
