// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.junit;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.OllamaTestServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The servers of one test, or of one class, by name. JUnit closes them when the test or class ends. */
final class ContextServers implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(OllamaExtension.class);

    private final Map<String, OllamaTestServer> servers = new ConcurrentHashMap<>();
    /** Whether the servers are set up for all tests of the class, so that no test may reset them. */
    private volatile boolean configured;

    private volatile boolean closed;

    /** Those of this context; a store gives the values of its parents too, so that the key names the context. */
    @SuppressWarnings("deprecation") // Its successor is not in JUnit 5.
    static ContextServers of(ExtensionContext context) {
        return requireNonNull((ContextServers)
                context.getStore(NAMESPACE).getOrComputeIfAbsent(context.getUniqueId(), id -> new ContextServers()));
    }

    /** Finds the server of this context or of one around it; starts it for this context when there is none. */
    static OllamaTestServer find(ExtensionContext context, String name, Consumer<OllamaTestServer> setUp) {
        for (Optional<ExtensionContext> next = Optional.of(context);
                next.isPresent();
                next = next.get().getParent()) {
            @Nullable OllamaTestServer known = of(next.get()).servers.get(name);
            if (known != null) {
                return known;
            }
        }
        return of(context).servers.computeIfAbsent(name, unused -> start(setUp));
    }

    private static OllamaTestServer start(Consumer<OllamaTestServer> setUp) {
        OllamaTestServer server = OllamaTestServer.start();
        try {
            setUp.accept(server);
            return server;
        } catch (Throwable failure) {
            server.close();
            throw failure;
        }
    }

    void configured() {
        configured = true;
    }

    boolean isConfigured() {
        return configured;
    }

    boolean isClosed() {
        return closed;
    }

    List<OllamaTestServer> all() {
        return List.copyOf(servers.values());
    }

    @Override
    public void close() {
        closed = true;
        servers.values().forEach(OllamaTestServer::close);
    }
}
