// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import io.github.ollamareactive.test.internal.server.ExchangeOutcome;
import io.github.ollamareactive.test.internal.server.ResponseChannel;
import io.github.ollamareactive.test.internal.server.ResponseWriter;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One request that a proxy forwards, and the response that it passes back and records. */
final class ProxiedExchange {

    private final HttpServerRequest request;
    private final String method;
    private final Map<String, List<String>> headers;
    private final ExchangeRecorder recorder;
    private final ResponseChannel channel;
    private final Consumer<Recording> recordings;
    private final BooleanSupplier proxyClosing;
    private final AtomicBoolean responded = new AtomicBoolean();

    ProxiedExchange(
            String name,
            HttpServerRequest request,
            HttpServerResponse response,
            Consumer<Recording> recordings,
            BooleanSupplier proxyClosing,
            Redaction redaction) {
        this.request = request;
        this.method = request.method().name();
        this.headers = Headers.of(request.requestHeaders().entries());
        this.recorder = new ExchangeRecorder(name, method, request.uri(), headers, redaction);
        this.channel = new ResponseChannel(response, new ExchangeOutcome());
        this.recordings = recordings;
        this.proxyClosing = proxyClosing;
    }

    Mono<Void> forward(HttpClient upstream) {
        HttpClient.RequestSender sender = upstream.headers(
                        all -> HeaderFilters.withoutHopByHop(headers).forEach(all::set))
                .request(HttpMethod.valueOf(method))
                .uri(request.uri());
        return withBody(sender)
                .response((response, body) -> {
                    responded.set(true);
                    return passBack(response, body);
                })
                .then()
                .onErrorResume(failure -> responded.get() || channel.isClosed() ? Mono.empty() : badGateway(failure));
    }

    private HttpClient.ResponseReceiver<?> withBody(HttpClient.RequestSender sender) {
        String length = Headers.first(headers, BodyFraming.CONTENT_LENGTH);
        boolean bodyless =
                Headers.first(headers, BodyFraming.TRANSFER_ENCODING) == null && (length == null || length.equals("0"));
        return bodyless
                ? sender
                : sender.send(request.receive()
                        .retain()
                        .doOnNext(bytes -> recorder.requestBody(ByteBufUtil.getBytes(bytes))));
    }

    private Publisher<Void> passBack(HttpClientResponse response, ByteBufFlux body) {
        ResponseHead head = headOf(response);
        recorder.responseHead(head.status(), response.status().reasonPhrase(), head.headers());
        BodyFraming framing = BodyFraming.of(head.headers());
        return channel.head(head, framing, 0, method.equals("HEAD") || head.forbidsBody())
                .thenMany(body.map(bytes -> Bytes.of(ByteBufUtil.getBytes(bytes)))
                        .doOnNext(recorder::responseChunk)
                        .concatMap(chunk -> channel.write(BodyPiece.of(chunk), framing == BodyFraming.CHUNKED), 0))
                .then()
                .doOnSuccess(done -> end(RecordedExchange.End.COMPLETE))
                .doOnCancel(() -> end(
                        proxyClosing.getAsBoolean()
                                ? "cut: the proxy was closed"
                                : "cut: the client closed the connection"))
                .onErrorResume(failure -> {
                    end(
                            AbortedException.isConnectionReset(failure)
                                    ? RecordedExchange.End.RESET
                                    : "cut: " + failure.getClass().getSimpleName());
                    return channel.close();
                });
    }

    private static ResponseHead headOf(HttpClientResponse response) {
        Map<String, List<String>> all = Headers.of(response.responseHeaders().entries());
        return new ResponseHead(
                response.status().code(),
                response.status().reasonPhrase(),
                HeaderFilters.withoutHopByHop(all),
                Duration.ZERO);
    }

    private void end(String how) {
        Recording recording = recorder.end(how);
        if (recording != null) {
            recordings.accept(recording);
        }
    }

    private Mono<Void> badGateway(Throwable failure) {
        String error = "the recorded server does not respond: " + failure.getMessage();
        ResponsePlan plan =
                ResponsePlan.json(502, WireJson.text(WireJson.object().put("error", error)));
        return ResponseWriter.write(plan, channel, method);
    }
}
