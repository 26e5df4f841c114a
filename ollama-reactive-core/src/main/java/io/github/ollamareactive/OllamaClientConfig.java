// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.internal.http.HttpExchange.checkedHeader;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.internal.http.HttpExchange;
import io.github.ollamareactive.internal.http.Retries;
import io.github.ollamareactive.protocol.RetryAttempt;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * How a client reaches its server. Immutable: each wither gives a new configuration.
 *
 * <p>Defaults: the base URL of {@code OLLAMA_HOST} and {@code OLLAMA_PORT}, else {@code http://127.0.0.1:11434}; 10 seconds to
 * connect, 10 minutes to the first event, 5 minutes between events, no limit on the whole; 500 connections; lines of up to
 * 64 MiB.
 */
public final class OllamaClientConfig {
    private final Values values;

    /** Changed on a copy only, before anybody sees it. */
    private static final class Values implements Cloneable {
        private BaseUrl baseUrl = BaseUrl.parse(null, null);
        private Map<String, String> headers = Map.of();
        private Mono<Map<String, String>> headerSource = Mono.empty();
        private boolean headersAsked;
        private @Nullable String apiKey;
        private @Nullable String cloudKey;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration firstEventTimeout = Duration.ofMinutes(10);
        private Duration idleTimeout = Duration.ofMinutes(5);
        private @Nullable Duration totalTimeout;
        private int maxLineBytes = 64 * 1024 * 1024;
        private int maxErrorBodyBytes = 64 * 1024;
        private int errorExcerptBytes = 200;
        private int maxConnections = 500;
        private int retries = 2;
        private Duration retryDelay = Duration.ofMillis(250);
        private Duration maxRetryDelay = Duration.ofSeconds(30);
        private Consumer<? super RetryAttempt> onRetry = attempt -> {};
        private boolean followRedirects;
        private UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private OllamaClientConfig(Values values) {
        this.values = values;
    }

    private OllamaClientConfig with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new OllamaClientConfig(copy);
    }

    /**
     * The defaults, and what the environment says: {@code OLLAMA_HOST}, {@code OLLAMA_PORT} (for a host that names neither port
     * nor scheme), and {@code OLLAMA_API_KEY}, which goes to Ollama's cloud over https and nowhere else.
     *
     * @return the configuration
     * @throws IllegalArgumentException when one of them can't be read
     */
    public static OllamaClientConfig fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * The defaults, and what a given environment says.
     *
     * @param environment variables by name
     * @return the configuration
     * @throws IllegalArgumentException when one of them can't be read
     */
    public static OllamaClientConfig fromEnvironment(Map<String, String> environment) {
        Values values = new Values();
        values.baseUrl = BaseUrl.parse(environment.get("OLLAMA_HOST"), environment.get("OLLAMA_PORT"));
        String key = environment.get("OLLAMA_API_KEY");
        values.cloudKey = key == null || key.isBlank() ? null : key.strip();
        return new OllamaClientConfig(values);
    }

    /**
     * Where the server is.
     *
     * @param host as {@code OLLAMA_HOST} takes it: {@code example.com}, {@code :1234}, {@code https://host/path}. User info in
     *     it becomes a Basic Authorization header. {@code 0.0.0.0} and {@code [::]} mean this machine
     * @return a new configuration
     * @throws IllegalArgumentException when it can't be read
     */
    public OllamaClientConfig baseUrl(String host) {
        BaseUrl baseUrl = BaseUrl.parse(requireNonNull(host, "host"), null);
        return with(v -> v.baseUrl = baseUrl);
    }

    /**
     * The base URL in use, without credentials.
     *
     * @return as {@code http://127.0.0.1:11434}
     */
    public String baseUrl() {
        return values.baseUrl.url();
    }

    /**
     * A header for every call. It may replace {@code User-Agent}, {@code Accept} and {@code Authorization}; what describes the
     * body stays the client's own.
     *
     * @param name its name
     * @param value its value
     * @return a new configuration
     * @throws IllegalArgumentException when one of them holds a line break
     */
    public OllamaClientConfig header(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(values.headers);
        headers.keySet().removeIf(present -> present.equalsIgnoreCase(name));
        headers.put(
                checkedHeader(requireNonNull(name, "name")),
                checkedHeader(requireNonNull(value, "value").strip()));
        return with(v -> v.headers = Collections.unmodifiableMap(headers));
    }

    /**
     * Headers that are asked for anew before each call, such as a token that expires. They win over {@link #header}.
     *
     * @param headers subscribed to once a call; its error fails the call
     * @return a new configuration
     */
    public OllamaClientConfig headerSource(Mono<Map<String, String>> headers) {
        requireNonNull(headers, "headers");
        return with(v -> {
            v.headerSource = headers;
            v.headersAsked = true;
        });
    }

    /**
     * A key to be sent to whatever host is configured, as {@code Authorization: Bearer}.
     *
     * @param apiKey the key; blanks and line breaks around it, as files have them, are dropped
     * @return a new configuration
     * @throws IllegalArgumentException when it holds a line break
     */
    public OllamaClientConfig apiKey(String apiKey) {
        String key = checkedHeader(requireNonNull(apiKey, "apiKey").strip());
        return with(v -> v.apiKey = key);
    }

    /**
     * How long connecting may take. Default: 10 seconds.
     *
     * @param timeout the limit
     * @return a new configuration
     */
    public OllamaClientConfig connectTimeout(Duration timeout) {
        positive("connectTimeout", timeout);
        return with(v -> v.connectTimeout = timeout);
    }

    /**
     * How long the first bytes of an answer may take, from the call on, or from the last piece of an upload. The server sends nothing, no header either, while it
     * queues the call, loads the model and reads the prompt. Runs only while the subscriber asks for events. Default: 10
     * minutes.
     *
     * @param timeout the limit
     * @return a new configuration
     */
    public OllamaClientConfig firstEventTimeout(Duration timeout) {
        positive("firstEventTimeout", timeout);
        return with(v -> v.firstEventTimeout = timeout);
    }

    /**
     * How long an answer may stand still once it has begun. Runs only while the subscriber asks for events. Default: 5 minutes.
     *
     * @param timeout the limit
     * @return a new configuration
     */
    public OllamaClientConfig idleTimeout(Duration timeout) {
        positive("idleTimeout", timeout);
        return with(v -> v.idleTimeout = timeout);
    }

    /**
     * How long a whole exchange may take; an upload is two of them, the look and the sending. Default: no limit.
     *
     * @param timeout the limit; null for none
     * @return a new configuration
     */
    public OllamaClientConfig totalTimeout(@Nullable Duration timeout) {
        if (timeout != null) {
            positive("totalTimeout", timeout);
        }
        return with(v -> v.totalTimeout = timeout);
    }

    /**
     * The longest line, single document, or element of a list that is taken. Lines can be large: the last one of a generate
     * call holds the whole context, an image a picture. Default: 64 MiB.
     *
     * @param bytes the limit, at most 1,000,000,000
     * @return a new configuration
     */
    public OllamaClientConfig maxLineBytes(int bytes) {
        positive("maxLineBytes", bytes);
        if (bytes > 1_000_000_000) {
            throw new IllegalArgumentException("maxLineBytes must be at most 1000000000: " + bytes);
        }
        return with(v -> v.maxLineBytes = bytes);
    }

    /**
     * How much of the body of an error answer is read and kept. Default: 64 KiB.
     *
     * @param bytes the limit
     * @return a new configuration
     */
    public OllamaClientConfig maxErrorBodyBytes(int bytes) {
        positive("maxErrorBodyBytes", bytes);
        return with(v -> v.maxErrorBodyBytes = bytes);
    }

    /**
     * How much of a malformed line an error's message shows. At 0 it says no more than that there is one. Default: 200 bytes.
     *
     * @param bytes the limit; 0 keeps models' words out of messages
     * @return a new configuration
     */
    public OllamaClientConfig errorExcerptBytes(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("errorExcerptBytes must not be negative: " + bytes);
        }
        return with(v -> v.errorExcerptBytes = bytes);
    }

    /**
     * How many connections may be open at once; further calls wait for one, within {@link #firstEventTimeout}. Default: 500.
     * Counts for the client that is created, not for those derived from it.
     *
     * @param connections the limit
     * @return a new configuration
     */
    public OllamaClientConfig maxConnections(int connections) {
        positive("maxConnections", connections);
        return with(v -> v.maxConnections = connections);
    }

    /**
     * How many times a call is sent again to which no answer began: after 429, 502, 503 and 504, and after a pooled connection that
     * turned out to be dead. Not after a refused connection, and never once an event has come. A body that can't be read twice
     * isn't sent again. Default: 2.
     *
     * @param retries how many times; 0 for never
     * @return a new configuration
     */
    public OllamaClientConfig retries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative: " + retries);
        }
        return with(v -> v.retries = retries);
    }

    /**
     * How long to wait before a call is sent again: the first delay, doubled each time, less up to half of it by chance. A {@code
     * Retry-After} of the server counts instead. Default: 250 milliseconds, and 30 seconds at most.
     *
     * @param first the wait before the first repetition
     * @param longest the longest wait, also when the server asks for more
     * @return a new configuration
     */
    public OllamaClientConfig retryDelay(Duration first, Duration longest) {
        positive("first", first);
        positive("longest", longest);
        return with(v -> {
            v.retryDelay = first;
            v.maxRetryDelay = longest;
        });
    }

    /**
     * A hook that is told of each repetition before it waits, for logs and metrics.
     *
     * @param hook takes the attempt, without blocking
     * @return a new configuration
     */
    public OllamaClientConfig onRetry(Consumer<? super RetryAttempt> hook) {
        requireNonNull(hook, "hook");
        return with(v -> v.onRetry = hook);
    }

    /**
     * Whether redirects are followed: 307 and 308 with the body sent again, 301, 302 and 303 only for calls without a body. No
     * configured header goes to another host. Default: false, a redirect is an error that names its target.
     *
     * @param follow true to follow
     * @return a new configuration
     */
    public OllamaClientConfig followRedirects(boolean follow) {
        return with(v -> v.followRedirects = follow);
    }

    /**
     * The hook for everything else: TLS, a proxy, metrics, a resolver. Applied last, to a client that is set up.
     *
     * @param change what to change
     * @return a new configuration
     */
    public OllamaClientConfig httpClient(UnaryOperator<HttpClient> change) {
        requireNonNull(change, "change");
        return with(v -> v.httpClient = change);
    }

    boolean isCloud() {
        return values.baseUrl.isCloud();
    }

    /** Whether calls carry credentials, as far as can be known before one. */
    boolean isAuthorized() {
        return values.headersAsked
                || settings().headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
    }

    int maxConnections() {
        return values.maxConnections;
    }

    Duration connectTimeout() {
        return values.connectTimeout;
    }

    UnaryOperator<HttpClient> httpClient() {
        return values.httpClient;
    }

    HttpExchange.Settings settings() {
        Map<String, String> headers = new LinkedHashMap<>();
        String authorization = authorization();
        if (authorization != null && values.headers.keySet().stream().noneMatch("Authorization"::equalsIgnoreCase)) {
            headers.put("Authorization", authorization);
        }
        headers.putAll(values.headers);
        return new HttpExchange.Settings(
                values.baseUrl.url(),
                values.baseUrl.target(),
                headers,
                values.headerSource,
                values.connectTimeout,
                values.firstEventTimeout,
                values.idleTimeout,
                values.totalTimeout,
                values.maxLineBytes,
                values.maxErrorBodyBytes,
                values.errorExcerptBytes,
                new Retries(values.retries, values.retryDelay, values.maxRetryDelay, values.onRetry),
                values.followRedirects);
    }

    private @Nullable String authorization() {
        if (values.apiKey != null) {
            return "Bearer " + values.apiKey;
        } else if (values.baseUrl.basicAuth() != null) {
            return values.baseUrl.basicAuth();
        } else if (values.cloudKey != null && values.baseUrl.isCloud()) {
            return "Bearer " + values.cloudKey;
        }
        return null;
    }

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static void positive(String name, Duration timeout) {
        if (requireNonNull(timeout, name).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be at most 100 years: " + timeout);
        }
        if (requireNonNull(timeout, name).isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + timeout);
        }
    }

    private static void positive(String name, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + number);
        }
    }

    /** Shows the base URL alone: headers and keys are nobody's business. */
    @Override
    public String toString() {
        return "OllamaClientConfig[" + baseUrl() + "]";
    }
}
