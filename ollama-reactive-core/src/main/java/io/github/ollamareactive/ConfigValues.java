// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.internal.http.HeaderFields;
import io.github.ollamareactive.internal.http.HttpSettings;
import io.github.ollamareactive.internal.http.ResponseHooks;
import io.github.ollamareactive.internal.http.Retries;
import io.github.ollamareactive.protocol.Arguments;
import io.github.ollamareactive.protocol.RetryAttempt;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The values of an {@link OllamaClientConfig}, with their defaults. A configuration changes them only in a copy of its
 * own, before it is visible to others.
 */
final class ConfigValues implements Cloneable {
    private static final String AUTHORIZATION = "Authorization";

    private static final Duration FOREVER = Arguments.positive("FOREVER", ChronoUnit.FOREVER.getDuration());

    BaseUrl baseUrl = BaseUrl.parse(null, null);
    Map<String, String> headers = Map.of();
    Mono<Map<String, String>> headerSource = Mono.empty();
    boolean hasHeaderSource;

    /** Sent to any server. */
    @Nullable
    String apiKey;

    /** Sent to Ollama's cloud only, and checked only there: elsewhere nobody needs it. */
    @Nullable
    String cloudApiKey;

    Duration connectTimeout = Duration.ofSeconds(10);
    /** Null unless set. */
    @Nullable
    Duration firstEventTimeout;

    /** Null unless set. */
    @Nullable
    Duration idleTimeout;

    @Nullable
    Duration totalTimeout;

    int maxLineBytes = 64 * 1024 * 1024;
    int maxErrorBodyBytes = 64 * 1024;
    int errorExcerptBytes = 200;
    int maxConnections = 500;
    int retries = 2;
    Duration firstRetryDelay = Duration.ofMillis(250);
    Duration maxRetryDelay = Duration.ofSeconds(30);
    Consumer<? super RetryAttempt> onRetry = attempt -> {};
    boolean followRedirects;
    ResponseHooks hooks = new ResponseHooks(null, null);
    UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();

    ConfigValues copy() {
        try {
            return (ConfigValues) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    void baseUrl(BaseUrl server) {
        baseUrl = server;
        if (cloudApiKey != null && server.isCloud()) {
            cloudApiKey = HeaderFields.checkedValue("OLLAMA_API_KEY", cloudApiKey);
        }
    }

    /** A copy without the time limits that end a silence of the server, but with those that were set. */
    ConfigValues patiently(boolean stream) {
        ConfigValues copy = copy();
        copy.idleTimeout = idleTimeout == null ? FOREVER : idleTimeout;
        copy.firstEventTimeout = firstEventTimeout == null && !stream ? FOREVER : firstEventTimeout;
        return copy;
    }

    /** Whether calls carry credentials, as far as can be known before a call. */
    boolean hasCredentials() {
        return hasHeaderSource || hasAuthorizationHeader() || authorization() != null;
    }

    HttpSettings exchangeSettings() {
        Map<String, String> sent = new LinkedHashMap<>();
        String authorization = authorization();
        if (authorization != null && !hasAuthorizationHeader()) {
            sent.put(AUTHORIZATION, authorization);
        }
        sent.putAll(headers);
        return new HttpSettings(
                baseUrl.url(),
                baseUrl.reactorNettyUrl(),
                sent,
                headerSource,
                connectTimeout,
                firstEventTimeout == null ? Duration.ofMinutes(10) : firstEventTimeout,
                idleTimeout == null ? Duration.ofMinutes(5) : idleTimeout,
                totalTimeout,
                maxLineBytes,
                maxErrorBodyBytes,
                errorExcerptBytes,
                new Retries(retries, firstRetryDelay, maxRetryDelay, onRetry),
                followRedirects,
                hooks);
    }

    private boolean hasAuthorizationHeader() {
        return headers.keySet().stream().anyMatch(AUTHORIZATION::equalsIgnoreCase);
    }

    private @Nullable String authorization() {
        if (apiKey != null) {
            return "Bearer " + apiKey;
        } else if (baseUrl.basicAuth() != null) {
            return baseUrl.basicAuth();
        } else if (cloudApiKey != null && baseUrl.isCloud()) {
            return "Bearer " + cloudApiKey;
        }
        return null;
    }
}
