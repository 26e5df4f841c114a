// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static io.github.ollamareactive.internal.http.HeaderFields.checkedName;
import static io.github.ollamareactive.internal.http.HeaderFields.checkedValue;
import static io.github.ollamareactive.protocol.Arguments.notNegative;
import static io.github.ollamareactive.protocol.Arguments.positive;
import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.internal.http.HttpSettings;
import io.github.ollamareactive.internal.http.ResponseHooks;
import io.github.ollamareactive.protocol.RetryAttempt;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The configuration of a client. Immutable: each wither returns a new configuration.
 *
 * <p>Defaults: the server that {@code OLLAMA_HOST} and {@code OLLAMA_PORT} name, else {@code http://127.0.0.1:11434};
 * timeouts of 10 seconds to connect, 10 minutes to the first event and 5 minutes between events, and none for the whole
 * call; 500 connections; lines of up to 64 MiB. A time limit of more than 100 years, such as {@code ChronoUnit.FOREVER},
 * is for ever.
 */
// A wither a setting: two of three lines are their contracts. Values and what is made of them stand in ConfigValues.
public final class OllamaClientConfig {
    private final ConfigValues values;

    private OllamaClientConfig(ConfigValues values) {
        this.values = values;
    }

    private OllamaClientConfig with(Consumer<ConfigValues> change) {
        ConfigValues copy = values.copy();
        change.accept(copy);
        return new OllamaClientConfig(copy);
    }

    /**
     * The defaults with the settings of the environment: {@code OLLAMA_HOST}, {@code OLLAMA_PORT} (the port of a host
     * with neither port nor scheme; the URL that Kubernetes sets there for a Service is ignored), and
     * {@code OLLAMA_API_KEY}, which is sent only to Ollama's cloud, {@code https://ollama.com} and its subdomains.
     *
     * @return the configuration
     * @throws IllegalArgumentException when one that is used is invalid
     */
    public static OllamaClientConfig fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * The defaults with the settings of a given environment, see {@link #fromEnvironment()}.
     *
     * @param environment the variables by name
     * @return the configuration
     * @throws IllegalArgumentException when one that is used is invalid
     */
    public static OllamaClientConfig fromEnvironment(Map<String, String> environment) {
        return of(BaseUrl.parse(environment.get("OLLAMA_HOST"), environment.get("OLLAMA_PORT")), environment);
    }

    /** The defaults for a given server; of the environment only the key for the cloud. */
    static OllamaClientConfig of(String host, Map<String, String> environment) {
        return of(BaseUrl.parse(requireNonNull(host, "host"), null), environment);
    }

    private static OllamaClientConfig of(BaseUrl baseUrl, Map<String, String> environment) {
        ConfigValues values = new ConfigValues();
        String key = environment.get("OLLAMA_API_KEY");
        values.cloudApiKey = key == null || key.isBlank() ? null : key;
        values.baseUrl(baseUrl);
        return new OllamaClientConfig(values);
    }

    /**
     * The server to call.
     *
     * @param host in the syntax of {@code OLLAMA_HOST}: {@code example.com}, {@code :1234}, {@code https://host/path}.
     *     User info becomes a Basic Authorization header. {@code 0.0.0.0} and {@code [::]} stand for this machine
     * @return a new configuration
     * @throws IllegalArgumentException when the host is invalid, or is the cloud and {@code OLLAMA_API_KEY}, where this
     *     configuration has it, can't be sent
     */
    public OllamaClientConfig baseUrl(String host) {
        BaseUrl baseUrl = BaseUrl.parse(requireNonNull(host, "host"), null);
        return with(changed -> changed.baseUrl(baseUrl));
    }

    /** {@return the base URL of the server, without credentials, as {@code http://127.0.0.1:11434}} */
    public String baseUrl() {
        return values.baseUrl.url();
    }

    /**
     * A header to send with every call. It may replace {@code User-Agent}, {@code Accept} and {@code Authorization};
     * the client sets the headers that describe the body itself.
     *
     * @param name its name
     * @param value its value
     * @return a new configuration
     * @throws IllegalArgumentException when the name is no token of HTTP, or the value has other characters than visible
     *     ASCII, spaces and tabs; the message doesn't show them
     */
    public OllamaClientConfig header(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(values.headers);
        headers.keySet().removeIf(present -> present.equalsIgnoreCase(requireNonNull(name, "name")));
        headers.put(checkedName(name), checkedValue("value", value));
        return with(changed -> changed.headers = Collections.unmodifiableMap(headers));
    }

    /**
     * A source of headers that change between calls, such as a token that expires. They replace those of
     * {@link #header}.
     *
     * @param headers subscribed to once before each call; an error of it fails the call, and so does a header that
     *     {@link #header} would refuse
     * @return a new configuration
     */
    public OllamaClientConfig headerSource(Mono<Map<String, String>> headers) {
        requireNonNull(headers, "headers");
        return with(changed -> {
            changed.headerSource = headers;
            changed.hasHeaderSource = true;
        });
    }

    /**
     * An API key, sent as {@code Authorization: Bearer} to the configured server, whichever it is.
     *
     * @param apiKey the key; white space around it is removed
     * @return a new configuration
     * @throws IllegalArgumentException when it is blank or has other characters than visible ASCII; the message doesn't show
     *     it
     */
    public OllamaClientConfig apiKey(String apiKey) {
        String key = checkedValue("apiKey", required("apiKey", apiKey));
        return with(changed -> changed.apiKey = key);
    }

    /**
     * The time limit for making a connection: for resolving the host, for TCP, for the answer of a proxy, and for the TLS
     * handshake, each. Default: 10 seconds. A derived client with another limit has connections of its own.
     *
     * @param timeout the limit
     * @return a new configuration
     */
    public OllamaClientConfig connectTimeout(Duration timeout) {
        return with(changed -> changed.connectTimeout = positive("connectTimeout", timeout));
    }

    /**
     * The time limit for the first bytes of an answer, from the subscription, or from the last bytes of an upload. The
     * server sends nothing, not even headers, while it queues the call, loads the model and evaluates the prompt. The
     * time counts only while the subscriber has demand. Default: 10 minutes; none for a pull, push or creation with
     * {@code stream:false}, whose first event is the last.
     *
     * @param timeout the limit, for every call
     * @return a new configuration
     */
    public OllamaClientConfig firstEventTimeout(Duration timeout) {
        return with(changed -> changed.firstEventTimeout = positive("firstEventTimeout", timeout));
    }

    /**
     * The time limit between two parts of an answer that has begun. The time counts only while the subscriber has
     * demand. Default: 5 minutes; none for pulls, pushes and creations, since the server is silent while it verifies
     * or converts large files.
     *
     * @param timeout the limit, for every call
     * @return a new configuration
     */
    public OllamaClientConfig idleTimeout(Duration timeout) {
        return with(changed -> changed.idleTimeout = positive("idleTimeout", timeout));
    }

    /**
     * The time limit for a whole HTTP exchange. The upload of a blob has two: the lookup and the transfer. Default: no
     * limit.
     *
     * @param timeout the limit; null for none
     * @return a new configuration
     */
    public OllamaClientConfig totalTimeout(@Nullable Duration timeout) {
        return with(changed -> changed.totalTimeout = timeout == null ? null : positive("totalTimeout", timeout));
    }

    /**
     * The maximum size of a line, of a single document, or of an element of a list. Lines can be large: the last one of
     * a generate call contains the whole context, and that of an image model the image. Default: 64 MiB.
     *
     * @param bytes the limit, at most 1,000,000,000
     * @return a new configuration
     */
    public OllamaClientConfig maxLineBytes(int bytes) {
        positive("maxLineBytes", bytes);
        if (bytes > 1_000_000_000) {
            throw new IllegalArgumentException("maxLineBytes must be at most 1000000000: " + bytes);
        }
        return with(changed -> changed.maxLineBytes = bytes);
    }

    /**
     * The maximum number of bytes that are read of the body of a refusal. Default: 64 KiB.
     *
     * @param bytes the limit
     * @return a new configuration
     */
    public OllamaClientConfig maxErrorBodyBytes(int bytes) {
        return with(changed -> changed.maxErrorBodyBytes = positive("maxErrorBodyBytes", bytes));
    }

    /**
     * How many bytes of a malformed line the error message quotes. Default: 200.
     *
     * @param bytes the limit; with 0, messages contain nothing of the model's text
     * @return a new configuration
     */
    public OllamaClientConfig errorExcerptBytes(int bytes) {
        return with(changed -> changed.errorExcerptBytes = notNegative("errorExcerptBytes", bytes));
    }

    /**
     * The maximum number of open connections. Further calls wait for one, within {@link #firstEventTimeout}. Default:
     * 500. Derived clients use the connections of the client that they are derived from, so the setting has no effect
     * on them.
     *
     * @param connections the limit
     * @return a new configuration
     */
    public OllamaClientConfig maxConnections(int connections) {
        return with(changed -> changed.maxConnections = positive("maxConnections", connections));
    }

    /**
     * The maximum number of retries of a call. A call is retried after 429 and 503; one that only reads ({@code GET},
     * {@code HEAD}, {@code show}, {@code me}) also after 502 and 504, which leave open whether the server has done what
     * it was asked. A pooled connection that turned out to be closed is replaced by a new one at once, which doesn't
     * count. There is no retry after a refused connection, once the answer has begun, or of a body that can't be read
     * twice. Default: 2.
     *
     * @param retries the number; 0 for none
     * @return a new configuration
     */
    public OllamaClientConfig retries(int retries) {
        return with(changed -> changed.retries = notNegative("retries", retries));
    }

    /**
     * The delay before a retry: the first delay, doubled for each further retry, and reduced by a random part of up to
     * a half. When the server sends {@code Retry-After}, that is the delay. Default: 250 milliseconds, at most 30
     * seconds.
     *
     * @param first the delay before the first retry
     * @param longest the maximum delay, which also limits {@code Retry-After}
     * @return a new configuration
     */
    public OllamaClientConfig retryDelay(Duration first, Duration longest) {
        return with(changed -> {
            changed.firstRetryDelay = positive("first", first);
            changed.maxRetryDelay = positive("longest", longest);
        });
    }

    /**
     * A hook for logs and metrics, called before the delay of each retry.
     *
     * @param hook accepts the retry; must not block
     * @return a new configuration
     */
    public OllamaClientConfig onRetry(Consumer<? super RetryAttempt> hook) {
        requireNonNull(hook, "hook");
        return with(changed -> changed.onRetry = hook);
    }

    /**
     * A hook that hears of the head of each response, refusals and responses to repeated requests included, before the first event. For one
     * call: {@code ollama.with(c -> c.onResponse(…)).chat(…)}.
     *
     * @param hook accepts the head, on an event loop; must not block. What it throws is dropped
     * @return a new configuration
     */
    public OllamaClientConfig onResponse(Consumer<? super ResponseHead> hook) {
        requireNonNull(hook, "hook");
        return with(changed -> changed.hooks = new ResponseHooks(
                (endpoint, status, headers) -> hook.accept(new ResponseHead(endpoint, status, headers)),
                changed.hooks.events()));
    }

    /**
     * A hook that hears of fields that the library doesn't know, of each once and of 1,000 at most: the server is newer than the library. The values are in
     * {@link io.github.ollamareactive.protocol.OllamaEvent#extras}.
     *
     * @param hook accepts the field, on the thread of the event; must not block. What it throws is dropped
     * @return a new configuration
     */
    public OllamaClientConfig onUnknownField(Consumer<? super UnknownField> hook) {
        requireNonNull(hook, "hook");
        Set<UnknownField> told = ConcurrentHashMap.newKeySet();
        return with(changed -> changed.hooks = new ResponseHooks(
                changed.hooks.heads(),
                (endpoint, event) -> UnknownField.in(endpoint, event).forEach(field -> {
                    if (told.size() < UnknownField.MOST && told.add(field)) {
                        hook.accept(field);
                    }
                })));
    }

    /**
     * Whether redirects are followed: 307 and 308 with the body sent again; 301, 302 and 303 only for calls without a
     * body. Another host gets no configured header. Default: false; a redirect is then an error that names its target.
     *
     * @param follow true to follow
     * @return a new configuration
     */
    public OllamaClientConfig followRedirects(boolean follow) {
        return with(changed -> changed.followRedirects = follow);
    }

    /**
     * A hook to customise the HTTP client: TLS, a proxy, metrics, a resolver. It is applied after all other settings, when
     * a client is made. A derived client with another hook has connections of its own, also where two lambdas do the same.
     *
     * @param change the change
     * @return a new configuration
     */
    public OllamaClientConfig httpClient(UnaryOperator<HttpClient> change) {
        requireNonNull(change, "change");
        return with(changed -> changed.httpClient = change);
    }

    ConfigValues values() {
        return values;
    }

    HttpSettings settings() {
        return values.exchangeSettings();
    }

    /** The settings for work during which the server may be silent for hours. */
    HttpSettings patientSettings(boolean stream) {
        return values.patiently(stream).exchangeSettings();
    }

    /** {@return the base URL alone, since headers and keys are secret} */
    @Override
    public String toString() {
        return "OllamaClientConfig[" + baseUrl() + "]";
    }
}
