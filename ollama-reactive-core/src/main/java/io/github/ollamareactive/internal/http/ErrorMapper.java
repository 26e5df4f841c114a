// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static java.util.Locale.ROOT;

import io.github.ollamareactive.internal.http.PhaseTimeout.PhaseTimeoutException;
import io.github.ollamareactive.internal.http.ResponseBoundary.NoHttpException;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.protocol.OllamaException.Status;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.protocol.OllamaException.Timeout;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;

/**
 * The one place of errors: what the network and the server say, in the words of {@link OllamaException}.
 *
 * @param baseUrl the server's base URL, without credentials
 * @param request what was sent where, as messages show it
 * @param namesModel whether the request named a model
 * @param connectLimit the time limit of connecting
 * @param proxy gives the address of the proxy; null without one
 */
record ErrorMapper(
        String baseUrl, String request, boolean namesModel, Duration connectLimit, Supplier<@Nullable String> proxy) {

    /** Makes the error of an answer that is no success. */
    Status status(HttpClientResponse head, byte[] body) {
        HttpHeaders headers = head.responseHeaders();
        String encoding = encoding(headers);
        String raw = encoding == null ? new String(body, StandardCharsets.UTF_8) : "";
        JsonValue json = json(raw);
        int status = head.status().code();
        String reasonPhrase = head.status().reasonPhrase();
        String words = words(json, raw, reasonPhrase);
        String signinUrl = json != null && json.get("signin_url") instanceof JsonString s ? s.value() : null;
        String more = encoding == null ? Redirects.words(head) : ", with a body encoded as " + encoding;
        return ExceptionFactory.status(
                request,
                kind(status, words),
                status,
                reasonPhrase,
                words,
                more,
                raw,
                signinUrl,
                headers.get(HttpHeaderNames.LOCATION),
                RetryAfter.parse(headers.get(HttpHeaderNames.RETRY_AFTER), Instant.now()));
    }

    /** The encoding of a body that is still encoded; null for none. */
    static @Nullable String encoding(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")
                ? null
                : encoding.strip();
    }

    /** Makes the error of an answer that can't be read because it is encoded. */
    OllamaException encoded(String encoding) {
        return ExceptionFactory.malformed(
                "the answer is encoded as " + encoding + ", which was not asked for (" + request + ")", 0, "", null);
    }

    /** Makes the error of an answer that is none, but another protocol. */
    OllamaException switched(HttpResponseStatus status) {
        return ExceptionFactory.malformed(
                "the server switched protocols (" + status.code() + "), which was not asked for (" + request + ")",
                0,
                "",
                null);
    }

    /** Makes the error of a call on a closed client. */
    OllamaException closed(@Nullable Throwable cause) {
        return ExceptionFactory.connection(Problem.OTHER, baseUrl, "this client is closed (" + request + ")", cause);
    }

    private static @Nullable JsonValue json(String raw) {
        try {
            return raw.isBlank() ? null : JsonValue.parse(raw);
        } catch (IllegalArgumentException e) {
            // A proxy's page, or a body cut short: the text itself is what there is to say.
            return null;
        }
    }

    private static String words(@Nullable JsonValue json, String raw, String reasonPhrase) {
        JsonValue error = json == null ? null : json.get("error");
        if (error != null) {
            String text = error instanceof JsonString s ? s.value() : error.toString();
            if (!text.isBlank()) {
                return text;
            }
        } else if (json instanceof JsonString s && !s.value().isBlank()) {
            return s.value();
        }
        return raw.isBlank() ? reasonPhrase : raw.strip();
    }

    private Kind kind(int status, String words) {
        String lower = words.toLowerCase(ROOT);
        if (status < 400) {
            return Kind.REDIRECT;
        } else if (ExceptionFactory.isRepeatLimit(words)) {
            return Kind.REPEAT_LIMIT;
        }
        return switch (status) {
            case 400 -> {
                if (lower.contains("does not support")
                        || lower.contains("not currently supported")
                        || lower.contains("is not supported by")) {
                    yield Kind.UNSUPPORTED;
                }
                // So older servers say of a model that they don't have.
                yield namesModel && lower.equals("model is required") ? Kind.MODEL_NOT_FOUND : Kind.BAD_REQUEST;
            }
            case 401 -> Kind.UNAUTHORIZED;
            case 402 -> Kind.PAYMENT_REQUIRED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> lower.contains("model") && lower.contains("not found") ? Kind.MODEL_NOT_FOUND : Kind.NOT_FOUND;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> ExceptionFactory.isQuota(words) ? Kind.QUOTA_EXCEEDED : Kind.RATE_LIMITED;
            case 501 -> Kind.UNSUPPORTED;
            case 503 -> isMissing(lower) ? Kind.UNSUPPORTED : Kind.OVERLOADED;
            default -> status < 500 ? Kind.BAD_REQUEST : Kind.SERVER_ERROR;
        };
    }

    /** Whether a 503 is about a runtime that isn't there, which no wait brings, and not about one that is at work. */
    private static boolean isMissing(String lower) {
        return lower.matches("(?s).*\\bmlx\\b.*") && !lower.matches("(?s).*\\b(busy|loading|pending|again)\\b.*");
    }

    /** Makes the error of a failed exchange. */
    OllamaException failure(Throwable t) {
        if (t instanceof OllamaException e) {
            return e;
        } else if (t instanceof PhaseTimeoutException e) {
            return ExceptionFactory.timeout(e.phase, e.limit, request, e.getCause());
        } else if (isConnectTimeout(t)) {
            return ExceptionFactory.timeout(Timeout.Phase.CONNECT, connectLimit, throughProxy(t) + request, t);
        } else if (t instanceof DecoderException && t.getCause() instanceof SSLException ssl) {
            return failure(ssl);
        } else if (t instanceof NoHttpException e) {
            return ExceptionFactory.malformed(
                    "the server at " + baseUrl + " does not speak HTTP/1.1"
                            + (e.tls ? ": it answers with TLS, the protocol of https" : ""),
                    0,
                    "",
                    e.getCause());
        } else if (t.getClass().getSimpleName().equals("PoolShutdownException")) {
            // A class that Reactor Netty doesn't export: the pool was closed while the call waited for a connection.
            return closed(t);
        }
        Problem problem = problem(t);
        return ExceptionFactory.connection(problem, baseUrl, words(problem, t) + " (" + request + ")", t);
    }

    private static boolean isConnectTimeout(Throwable t) {
        return t instanceof ConnectTimeoutException
                || t instanceof SslHandshakeTimeoutException
                || (t instanceof ProxyConnectException && words(t).endsWith("timeout"));
    }

    private static Problem problem(Throwable t) {
        if (t instanceof ConnectException && words(t).contains("refused")) {
            return Problem.REFUSED;
        } else if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
            return Problem.UNKNOWN_HOST;
        } else if (t instanceof SSLException) {
            return Problem.TLS;
        } else if (t instanceof PrematureCloseException) {
            return Problem.CUT;
        } else if (AbortedException.isConnectionReset(t) || isReset(t)) {
            return Problem.RESET;
        }
        return Problem.OTHER;
    }

    private static boolean isReset(Throwable t) {
        return t instanceof IOException && words(t).contains("reset");
    }

    private static String words(Throwable t) {
        return String.valueOf(t.getMessage()).toLowerCase(ROOT);
    }

    private String words(Problem problem, Throwable t) {
        String address = proxyAtFault(t);
        if (address != null) {
            String to = "the proxy at " + address + ", on the way to " + baseUrl + ", ";
            return switch (problem) {
                case REFUSED -> to + "refused the connection";
                case UNKNOWN_HOST -> to + "has an unknown host name";
                default ->
                    to + "made no connection: " + String.valueOf(t.getMessage()).replaceAll("(?s).*, ", "");
            };
        }
        return switch (problem) {
            case REFUSED -> "no Ollama answers at " + baseUrl + ": connection refused";
            case UNKNOWN_HOST -> "the host of " + baseUrl + " is not known";
            case TLS -> "no encrypted connection to " + baseUrl + ": " + t.getMessage();
            case RESET -> "the connection to " + baseUrl + " was reset";
            case CUT -> "the connection to " + baseUrl + " was closed before the answer's end";
            case OTHER -> "the exchange with " + baseUrl + " failed: " + t;
        };
    }

    private String throughProxy(Throwable t) {
        String address = proxyAtFault(t);
        return address == null ? "" : "through the proxy at " + address + ", ";
    }

    /** The proxy's address if the failure is its own, for it may not stand before every host; else null. */
    private @Nullable String proxyAtFault(Throwable t) {
        String address = proxy.get();
        // Reactor Netty resolves the proxy's name when the hook is applied, and every other name before it connects.
        if (address == null || t instanceof ProxyConnectException || t instanceof UnresolvedAddressException) {
            return address;
        }
        String message = String.valueOf(t.getMessage());
        int colon = address.lastIndexOf(':');
        boolean named = t instanceof UnknownHostException
                ? message.contains(address.substring(0, colon))
                : t instanceof ConnectException
                        && message.contains(address.substring(0, colon))
                        && message.endsWith(address.substring(colon));
        return named ? address : null;
    }
}
