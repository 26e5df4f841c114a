// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import io.github.ollamareactive.test.internal.http.Headers;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import io.github.ollamareactive.test.internal.server.ExchangeOutcome;
import io.github.ollamareactive.test.internal.server.RequestForwarder;
import io.github.ollamareactive.test.internal.server.ResponseChannel;
import io.github.ollamareactive.test.internal.server.ResponseWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One request that a proxy forwards, and the response that it passes back and records. */
final class ProxiedExchange {

    private final HttpServerRequest request;
    private final Route route;
    private final Map<String, List<String>> headers;
    private final ExchangeRecorder recorder;
    private final ResponseChannel channel;
    private final Consumer<Recording> recordings;
    private final BooleanSupplier proxyClosing;

    ProxiedExchange(
            String name,
            HttpServerRequest request,
            HttpServerResponse response,
            Consumer<Recording> recordings,
            BooleanSupplier proxyClosing,
            Redaction redaction) {
        this.request = request;
        this.route = new Route(request.method().name(), request.uri());
        this.headers = Headers.of(request.requestHeaders().entries());
        this.recorder = new ExchangeRecorder(name, route, headers, redaction);
        this.channel = new ResponseChannel(response, new ExchangeOutcome());
        this.recordings = recordings;
        this.proxyClosing = proxyClosing;
    }

    Mono<Void> forward(RequestForwarder upstream) {
        Flux<ByteBuf> body =
                request.receive().retain().doOnNext(bytes -> recorder.requestBody(ByteBufUtil.getBytes(bytes)));
        return upstream.forward(route, headers, body, channel, recorder)
                .doOnSuccess(done -> end(RecordedExchange.End.COMPLETE))
                .doOnCancel(() -> end(
                        proxyClosing.getAsBoolean()
                                ? "cut: the proxy was closed"
                                : "cut: the client closed the connection"))
                .onErrorResume(failure -> recorder.hasResponse() ? cut(failure) : badGateway(failure));
    }

    private void end(String how) {
        Recording recording = recorder.end(how);
        if (recording != null) {
            recordings.accept(recording);
        }
    }

    private Mono<Void> cut(Throwable failure) {
        end(
                AbortedException.isConnectionReset(failure)
                        ? RecordedExchange.End.RESET
                        : "cut: " + failure.getClass().getSimpleName());
        return channel.close();
    }

    private Mono<Void> badGateway(Throwable failure) {
        if (channel.isClosed()) {
            return Mono.empty();
        }
        String error = "the recorded server does not respond: " + failure.getMessage();
        ResponsePlan plan =
                ResponsePlan.json(502, WireJson.text(WireJson.object().put("error", error)));
        return ResponseWriter.write(plan, channel, route.method());
    }
}
