// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.junit;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.OllamaTestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Gives each test an {@link OllamaTestServer} of its own, {@linkplain OllamaTestServer#verify() verifies} it after the test, and
 * closes it. When the test has failed by itself, in whichever of its methods, its failure gets that of the verification as a
 * {@linkplain Throwable#addSuppressed suppressed} one, so that both are shown. Aborted tests stay aborted.
 *
 * <pre>{@code
 * @ExtendWith(OllamaExtension.class)
 * class AssistantTest {
 *     @Test
 *     void answers(OllamaTestServer ollama) { … }
 * }
 * }</pre>
 *
 * <p><b>Which server.</b> A test, its constructor and its {@code @BeforeEach} and {@code @AfterEach} methods get the same
 * server, in parallel tests too. All tests of a class share a server when a {@code @BeforeAll} method, or the constructor of a
 * class with one instance, has the parameter; it is verified and closed after the last test. Several servers have
 * {@linkplain ServerName names}.
 *
 * <p><b>Without parameters.</b> An extension in a field gives its servers, too:
 *
 * <pre>{@code
 * @RegisterExtension
 * static OllamaExtension ollama = new OllamaExtension();
 *
 * @DynamicPropertySource
 * static void properties(DynamicPropertyRegistry registry) {
 *     registry.add("ollama.base-url", ollama::baseUrl);
 * }
 *
 * @Test
 * void answers() {
 *     ollama.server().expect(Expected.chat(), Answer.tokens("Hi"));
 * }
 * }</pre>
 *
 * <p>When {@link #baseUrl()} is called before a test begins, as here, the address stays the same for all tests of the class:
 * they use one server in turn, which is verified and {@linkplain OllamaTestServer#reset() reset} after each. Such tests cannot
 * run in parallel. When {@link #server()} is called before a test begins, the server is shared as that of a {@code @BeforeAll}
 * method is.
 */
public final class OllamaExtension
        implements ParameterResolver,
                TestInstancePreConstructCallback,
                BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback {

    /** The test, or else the class, that the thread runs. */
    private static final ThreadLocal<@Nullable ExtensionContext> CURRENT = new ThreadLocal<>();

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
     * @param setUp called with each server when it has been started or reset
     * @return the extension
     */
    public static OllamaExtension with(Consumer<OllamaTestServer> setUp) {
        return new OllamaExtension(requireNonNull(setUp, "setUp"));
    }

    /**
     * The server of the test that the calling thread runs.
     *
     * @return the same that a parameter gets
     * @throws IllegalStateException when the thread runs no test, as the threads of a client
     */
    public OllamaTestServer server() {
        return server("");
    }

    /**
     * One of several servers of the test that the calling thread runs.
     *
     * @param name its name
     * @return the same that a parameter with this {@link ServerName} gets
     * @throws IllegalStateException when the thread runs no test, as the threads of a client
     */
    public OllamaTestServer server(String name) {
        ExtensionContext context = context();
        OllamaTestServer server = ContextServers.find(context, requireNonNull(name, "name"), setUp);
        configuredOutsideOfTests(context);
        return server;
    }

    /**
     * The base URL of {@link #server()}.
     *
     * @return {@code http://127.0.0.1:PORT}
     * @throws IllegalStateException when the thread runs no test, as the threads of a client
     */
    public String baseUrl() {
        return baseUrl("");
    }

    /**
     * The base URL of {@link #server(String)}.
     *
     * @param name the server's name
     * @return {@code http://127.0.0.1:PORT}
     * @throws IllegalStateException when the thread runs no test, as the threads of a client
     */
    public String baseUrl(String name) {
        return ContextServers.find(context(), requireNonNull(name, "name"), setUp)
                .baseUrl();
    }

    private ExtensionContext context() {
        @Nullable ExtensionContext context = CURRENT.get();
        if (context == null || ContextServers.of(context).isClosed()) {
            throw new IllegalStateException(
                    "the thread '" + Thread.currentThread().getName() + "' runs no test with an OllamaExtension");
        }
        return context;
    }

    private static void configuredOutsideOfTests(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            ContextServers.of(context).configured();
        }
    }

    /** Constructors get the server of the test that they are called for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OllamaTestServer.class;
    }

    @Override
    public OllamaTestServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String name = parameter
                .findAnnotation(ServerName.class)
                .map(ServerName::value)
                .orElse("");
        OllamaTestServer server = ContextServers.find(context, name, setUp);
        configuredOutsideOfTests(context);
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        CURRENT.set(context);
    }

    /** What a constructor asks for by {@link #baseUrl()} is for the class, as application contexts are. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        CURRENT.set(classOf(context));
    }

    private static ExtensionContext classOf(ExtensionContext context) {
        Optional<ExtensionContext> parent = context.getParent();
        return context.getTestMethod().isEmpty() || parent.isEmpty() ? context : classOf(parent.get());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        CURRENT.set(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        CURRENT.set(classOf(context));
        List<OllamaTestServer> own = ContextServers.of(context).all();
        List<OllamaTestServer> inTurn = new ArrayList<>();
        List<OllamaTestServer> shared = new ArrayList<>();
        for (var next = context.getParent(); next.isPresent(); next = next.get().getParent()) {
            ContextServers servers = ContextServers.of(next.get());
            (servers.isConfigured() ? shared : inTurn).addAll(servers.all());
        }
        try {
            Verification verification = new Verification(own, inTurn);
            if (context.getExecutionException().isPresent()) {
                // What is shared is not judged yet, but tells what a failed test has sent.
                verification.add(shared);
            }
            verification.report(context);
        } finally {
            own.forEach(OllamaTestServer::close);
            inTurn.forEach(server -> setUp.accept(server.reset()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        context.getParent()
                .filter(outer -> outer.getTestClass().isPresent())
                .ifPresentOrElse(CURRENT::set, CURRENT::remove);
        ContextServers servers = ContextServers.of(context);
        try {
            // Servers used in turn have been verified after each test, and are set up anew.
            if (servers.isConfigured()) {
                new Verification(servers.all(), List.of()).report(context);
            }
        } finally {
            servers.close();
        }
    }

    /** The failed verifications of several servers. */
    private static final class Verification {

        private final List<AssertionError> failures = new ArrayList<>();

        Verification(List<OllamaTestServer> some, List<OllamaTestServer> others) {
            add(some);
            add(others);
        }

        void add(List<OllamaTestServer> servers) {
            for (OllamaTestServer server : servers) {
                try {
                    server.verify();
                } catch (AssertionError failure) {
                    failures.add(failure);
                }
            }
        }

        /** Adds them to the test's own failure, or else throws the first. */
        void report(ExtensionContext context) {
            Throwable own = context.getExecutionException().orElse(null);
            if (own == null && !failures.isEmpty()) {
                AssertionError first = failures.remove(0);
                failures.forEach(first::addSuppressed);
                throw first;
            }
            if (own != null) {
                failures.forEach(own::addSuppressed);
                if (!Arrays.asList(own.getSuppressed()).containsAll(failures)) {
                    // The failure is of a kind that suppresses nothing.
                    failures.forEach(
                            failure -> context.publishReportEntry("ollama", String.valueOf(failure.getMessage())));
                }
            }
        }
    }
}
