// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static java.util.Locale.ROOT;

import io.github.ollamareactive.internal.http.PhaseTimeout.PhaseTimeoutException;
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
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;

/**
 * The one place of errors: what the network and the server say, in the words of {@link OllamaException}.
 *
 * @param baseUrl the server's base URL, without credentials
 * @param request what was sent where, as messages show it
 * @param namesModel whether the request named a model
 * @param connectLimit the time limit of connecting
 */
record ErrorMapper(String baseUrl, String request, boolean namesModel, Duration connectLimit) {

    /** Makes the error of an answer that is no success. */
    Status status(int status, String reasonPhrase, HttpHeaders headers, byte[] body) {
        String raw = new String(body, StandardCharsets.UTF_8);
        JsonValue json = json(raw);
        String words = words(json, raw, reasonPhrase);
        String signinUrl = json != null && json.get("signin_url") instanceof JsonString s ? s.value() : null;
        return ExceptionFactory.status(
                request,
                kind(status, words),
                status,
                reasonPhrase,
                words,
                raw,
                signinUrl,
                headers.get(HttpHeaderNames.LOCATION),
                RetryAfter.parse(headers.get(HttpHeaderNames.RETRY_AFTER), Instant.now()));
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
        }
        return switch (status) {
            case 400 -> {
                if (lower.contains("does not support") || lower.contains("not currently supported")) {
                    yield Kind.UNSUPPORTED;
                }
                // So older servers say of a model that they don't have.
                yield namesModel && lower.equals("model is required") ? Kind.MODEL_NOT_FOUND : Kind.BAD_REQUEST;
            }
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> lower.contains("model") && lower.contains("not found") ? Kind.MODEL_NOT_FOUND : Kind.NOT_FOUND;
            case 429 -> Kind.RATE_LIMITED;
            case 501 -> Kind.UNSUPPORTED;
            case 503 -> Kind.OVERLOADED;
            default -> status < 500 ? Kind.BAD_REQUEST : Kind.SERVER_ERROR;
        };
    }

    /** Makes the error of a failed exchange. */
    OllamaException failure(Throwable t) {
        if (t instanceof OllamaException e) {
            return e;
        } else if (t instanceof PhaseTimeoutException e) {
            return ExceptionFactory.timeout(e.phase, e.limit, request, null);
        } else if (t instanceof ConnectTimeoutException) {
            return ExceptionFactory.timeout(Timeout.Phase.CONNECT, connectLimit, request, t);
        } else if (t instanceof DecoderException && t.getCause() instanceof SSLException ssl) {
            return failure(ssl);
        } else if (isNoHttp(t)) {
            return ExceptionFactory.malformed("the server at " + baseUrl + " doesn't speak HTTP", 0, "", t);
        }
        Problem problem = problem(t);
        return ExceptionFactory.connection(problem, baseUrl, words(problem, t) + " (" + request + ")", t);
    }

    /** So says Netty of a status line that is none. */
    private static boolean isNoHttp(Throwable t) {
        return t instanceof IllegalArgumentException
                && String.valueOf(t.getMessage()).toLowerCase(ROOT).contains("invalid version");
    }

    private static Problem problem(Throwable t) {
        if (t instanceof ConnectException && words(t).contains("refused")) {
            return Problem.REFUSED;
        } else if (t instanceof UnknownHostException) {
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
        return switch (problem) {
            case REFUSED ->
                "no Ollama answers at " + baseUrl
                        + ": connection refused. Start one with 'ollama serve', or name another with OLLAMA_HOST";
            case UNKNOWN_HOST -> "the host of " + baseUrl + " is not known";
            case TLS -> "no encrypted connection to " + baseUrl + ": " + t.getMessage();
            case RESET -> "the connection to " + baseUrl + " was reset";
            case CUT -> "the connection to " + baseUrl + " was closed before the answer's end";
            case OTHER -> "the exchange with " + baseUrl + " failed: " + t;
        };
    }
}
