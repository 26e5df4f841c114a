// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.junit;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.OllamaTestServer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Passes each test an {@link OllamaTestServer} of its own as a parameter, {@linkplain OllamaTestServer#verify() verifies} it
 * when the test has passed, and closes it.
 *
 * <pre>{@code
 * @ExtendWith(OllamaExtension.class)
 * class AssistantTest {
 *     @Test
 *     void answers(OllamaTestServer ollama) { … }
 * }
 * }</pre>
 *
 * <p>A test and its {@code @BeforeEach} and {@code @AfterEach} methods get the same server. All tests of a class share a
 * server when a {@code @BeforeAll} method or a constructor has the parameter; it is verified and closed after the last test.
 * Tests may run in parallel.
 */
public final class OllamaExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(OllamaExtension.class);
    private static final String SERVER = "server";

    private final Consumer<OllamaTestServer> setUp;

    /** An extension whose servers have no answers at first. */
    public OllamaExtension() {
        this(server -> {});
    }

    private OllamaExtension(Consumer<OllamaTestServer> setUp) {
        this.setUp = setUp;
    }

    /**
     * An extension that prepares its servers, for a field with {@code @RegisterExtension}.
     *
     * @param setUp called with each server when it has been started
     * @return the extension
     */
    public static OllamaExtension with(Consumer<OllamaTestServer> setUp) {
        return new OllamaExtension(requireNonNull(setUp, "setUp"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OllamaTestServer.class;
    }

    @Override
    public OllamaTestServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        OllamaTestServer known = store.get(SERVER, OllamaTestServer.class);
        if (known != null) {
            return known;
        }
        OllamaTestServer server = OllamaTestServer.start();
        store.put(SERVER, server);
        setUp.accept(server);
        return server;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    /** Ends the server of this context only: a store does not remove the values of its parents. */
    private static void end(ExtensionContext context) {
        @Nullable OllamaTestServer server = context.getStore(NAMESPACE).remove(SERVER, OllamaTestServer.class);
        if (server == null) {
            return;
        }
        try (server) {
            // A failed test keeps its own failure.
            if (context.getExecutionException().isEmpty()) {
                server.verify();
            }
        }
    }
}
