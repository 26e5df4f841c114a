// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Sends requests on to another server, and passes its responses back, chunk by chunk as the client takes them. */
public final class RequestForwarder {

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final HttpClient client;

    /** Is told of a response before it is passed back. */
    public interface Observer {
        void responseHead(ResponseHead head);

        default void responseChunk(Bytes chunk) {}
    }

    /** The decoder must give each chunk as a whole, because chunks are passed back as they are. */
    @SuppressWarnings("deprecation") // There is no other way to disallow partial chunks.
    public RequestForwarder(String baseUrl) {
        client = HttpClient.newConnection()
                .runOn(LoopbackServer.LOOPS)
                .baseUrl(baseUrl)
                .disableRetry(true)
                .httpResponseDecoder(decoder -> decoder.maxChunkSize(Integer.MAX_VALUE)
                        .allowPartialChunks(false)
                        .maxHeaderSize(MAX_HEADER_BYTES));
    }

    /**
     * Forwards a request. Completes when the response has been passed back; fails when there is none, or only a part.
     *
     * @param headers the request's headers, which say whether it has a body
     * @param body the body's bytes, which become the forwarder's; not asked for when there is none
     */
    public Mono<Void> forward(
            Route route,
            Map<String, List<String>> headers,
            Publisher<ByteBuf> body,
            ResponseChannel channel,
            Observer observer) {
        HttpClient.RequestSender sender = client.headers(
                        all -> Headers.endToEnd(headers).forEach(all::set))
                .request(HttpMethod.valueOf(route.method()))
                .uri(route.path());
        return (hasBody(headers) ? sender.send(body) : sender)
                .response((response, content) -> passBack(route.method(), response, content, channel, observer))
                .then();
    }

    private static boolean hasBody(Map<String, List<String>> headers) {
        return switch (BodyFraming.of(headers)) {
            case CHUNKED -> true;
            case LENGTH -> !"0".equals(Headers.first(headers, BodyFraming.CONTENT_LENGTH));
            case CONNECTION -> false;
        };
    }

    private static Publisher<Void> passBack(
            String method,
            HttpClientResponse response,
            ByteBufFlux content,
            ResponseChannel channel,
            Observer observer) {
        ResponseHead head = new ResponseHead(
                response.status().code(),
                response.status().reasonPhrase(),
                Headers.endToEnd(Headers.of(response.responseHeaders().entries())),
                Duration.ZERO);
        observer.responseHead(head);
        BodyFraming framing = BodyFraming.of(head.headers());
        return channel.head(head, framing, 0, method.equals("HEAD") || head.forbidsBody())
                .thenMany(content.map(bytes -> Bytes.of(ByteBufUtil.getBytes(bytes)))
                        .doOnNext(observer::responseChunk)
                        .concatMap(chunk -> channel.write(BodyPiece.of(chunk), framing == BodyFraming.CHUNKED), 0))
                .then();
    }
}
