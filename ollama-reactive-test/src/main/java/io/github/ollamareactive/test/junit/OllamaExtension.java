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
 * Gives a test its own {@link OllamaTestServer} as a parameter, {@linkplain OllamaTestServer#verify() verifies} it when the
 * test has passed, and closes it.
 *
 * <pre>{@code
 * @ExtendWith(OllamaExtension.class)
 * class AssistantTest {
 *     @Test
 *     void answers(OllamaTestServer ollama) { … }
 * }
 * }</pre>
 *
 * <p>A test and its {@code @BeforeEach} and {@code @AfterEach} methods have the same server. One that is asked for in a
 * {@code @BeforeAll} method or a constructor is that of all tests of the class, and is verified and closed after the last of
 * them. Tests may run in parallel.
 */
public final class OllamaExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(OllamaExtension.class);
    private static final String SERVER = "server";

    private final Consumer<OllamaTestServer> setUp;

    /** Servers without a script. */
    public OllamaExtension() {
        this(server -> {});
    }

    private OllamaExtension(Consumer<OllamaTestServer> setUp) {
        this.setUp = setUp;
    }

    /**
     * Servers with a script, for a field with {@code @RegisterExtension}.
     *
     * @param setUp told every server that is started
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

    /** Only the context that has it ends a server: of a parent's the store removes nothing. */
    private static void end(ExtensionContext context) {
        @Nullable OllamaTestServer server = context.getStore(NAMESPACE).remove(SERVER, OllamaTestServer.class);
        if (server == null) {
            return;
        }
        try (server) {
            // What failed has its own reason, which must not be hidden.
            if (context.getExecutionException().isEmpty()) {
                server.verify();
            }
        }
    }
}
