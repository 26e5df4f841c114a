// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Sends requests that were received on to another server, and passes its responses back, chunk by chunk as the client takes them. */
public final class RequestForwarder {
    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("host", "connection", "transfer-encoding", "content-length", "expect", "keep-alive");

    private final HttpClient client;

    public RequestForwarder(String baseUrl) {
        client = HttpClient.newConnection()
                .runOn(LoopbackServer.LOOPS)
                .baseUrl(baseUrl)
                .disableRetry(true);
    }

    /** Completes when the response has been passed back. Fails before that when there is none. */
    public Mono<Void> forward(
            String method,
            String uri,
            Map<String, List<String>> headers,
            Bytes body,
            ResponseChannel channel,
            IntConsumer status) {
        HttpClient.RequestSender sender = client.headers(all -> {
                    headers.forEach((name, values) -> {
                        if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                            all.set(name, values);
                        }
                    });
                    if (body.size() > 0) {
                        all.set(BodyFraming.CONTENT_LENGTH, body.size());
                    }
                })
                .request(HttpMethod.valueOf(method))
                .uri(uri);
        HttpClient.ResponseReceiver<?> receiver =
                body.size() == 0 ? sender : sender.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.array())));
        return receiver.response((response, content) -> {
                    status.accept(response.status().code());
                    return passBack(method, response, content, channel);
                })
                .then();
    }

    private static Publisher<Void> passBack(
            String method, HttpClientResponse response, ByteBufFlux content, ResponseChannel channel) {
        ResponseHead head = new ResponseHead(
                response.status().code(),
                response.status().reasonPhrase(),
                Headers.without(Headers.of(response.responseHeaders().entries()), "Connection"),
                Duration.ZERO);
        BodyFraming framing = BodyFraming.of(head.headers());
        return channel.head(head, framing, 0, method.equals("HEAD") || head.forbidsBody())
                .thenMany(content.map(bytes -> Bytes.of(ByteBufUtil.getBytes(bytes)))
                        .concatMap(chunk -> channel.write(BodyPiece.of(chunk), framing == BodyFraming.CHUNKED), 0))
                .then();
    }
}
