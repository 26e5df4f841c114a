// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.recordings.Recording;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Prints a line for each request when its answer has ended: method, path, model, status, what answered, the bytes of the answer's
 * body, milliseconds. Control characters of requests are shown as in JSON, so that each request is one line.
 */
final class RequestLog {
    private static final int PATIENCE_SECONDS = 2;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final CountDownLatch ended = new CountDownLatch(1);

    private RequestLog() {}

    /** Logs until the server is closed. */
    static RequestLog of(OllamaTestServer server, Output err) {
        RequestLog log = new RequestLog();
        Scheduler writer = Schedulers.newSingle("request-log", true);
        Disposable unused = server.exchanges()
                .flatMap(RequestLog::whenEnded, Integer.MAX_VALUE)
                .publishOn(writer)
                .doFinally(signal -> {
                    log.ended.countDown();
                    writer.dispose();
                })
                .subscribe(err::printLine, failure -> {});
        return log;
    }

    /** Waits until the lines of a server that was closed are printed. */
    void awaitEnd() throws InterruptedException {
        boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Mono<String> whenEnded(Exchange exchange) {
        long start = System.nanoTime();
        return exchange.finished()
                .thenReturn("")
                .onErrorReturn(", the connection ended early")
                .map(end -> line(exchange, millisSince(start)) + end);
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static String line(Exchange exchange, long millis) {
        ReceivedRequest request = exchange.request();
        return line(
                request.method(),
                request.path(),
                modelOf(request.body()),
                exchange.status(),
                // The program has one fallback.
                exchange.answeredBy().equals("fallback") ? "local models" : exchange.answeredBy(),
                exchange.bytesAccepted(),
                millis);
    }

    /** The line of an exchange that a proxy recorded. */
    static String line(Recording recording) {
        return line(
                recording.method(),
                recording.path(),
                modelOf(recording.requestBody()),
                recording.status(),
                "recorded as " + recording.name() + (recording.complete() ? "" : ", " + recording.end()),
                recording.bodyBytes().length,
                recording.endedAt().toMillis());
    }

    private static String modelOf(@Nullable String body) {
        try {
            if (body != null && JsonValue.parse(body) instanceof JsonValue.JsonObject object) {
                JsonValue model = object.get("model");
                // The older name of the field.
                JsonValue name = model == null ? object.get("name") : model;
                return name instanceof JsonValue.JsonString text ? text.value() : "-";
            }
            return "-";
        } catch (IllegalArgumentException e) {
            return "-";
        }
    }

    private static String line(
            String method, String path, String model, int status, String source, long bytes, long millis) {
        String line = method + " " + path + " " + model + " " + status + " [" + source + "] " + bytes + " bytes "
                + millis + " ms";
        return CONTROL.matcher(line).replaceAll(RequestLog::escaped);
    }

    private static String escaped(MatchResult control) {
        return "\\\\u%04x".formatted((int) control.group().charAt(0));
    }
}
