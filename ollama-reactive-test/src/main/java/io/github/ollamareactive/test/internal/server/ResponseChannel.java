// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The socket side of one response. The head goes through Reactor Netty. The body is framed here and written behind Netty's
 * HTTP encoder, each piece when the socket has accepted the previous one: so the number of accepted bytes is known and one
 * piece is held at most, where Reactor Netty's {@code send} would request 128.
 */
public final class ResponseChannel {

    private static final int MAX_WRITE = 16 * 1024;
    private static final int WRITES_BEFORE_YIELD = 32;

    private final HttpServerResponse response;
    private final Channel channel;
    private final ChannelHandlerContext behindEncoder;
    private final ExchangeHandler handler;
    private final ExchangeOutcome outcome;
    private int writes;

    public ResponseChannel(HttpServerResponse response, ExchangeOutcome outcome) {
        this.response = response;
        this.channel = channelOf(response);
        this.behindEncoder = requireNonNull(channel.pipeline().context(NettyPipeline.HttpCodec), "HTTP codec");
        this.handler = requireNonNull(channel.pipeline().get(ExchangeHandler.class), "exchange handler");
        this.outcome = outcome;
        handler.begin(outcome);
    }

    private static Channel channelOf(HttpServerResponse response) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        response.withConnection(connection -> channel.set(connection.channel()));
        return requireNonNull(channel.get(), "channel");
    }

    public boolean isClosed() {
        return !channel.isActive();
    }

    /**
     * Writes status and headers. Adds the header of the framing where it is missing.
     *
     * @param length the {@code Content-Length} to add
     * @param bodyless whether no body follows, whatever the headers say
     */
    public Mono<Void> head(ResponseHead head, BodyFraming framing, long length, boolean bodyless) {
        String reason = head.reason();
        response.status(
                reason == null
                        ? HttpResponseStatus.valueOf(head.status())
                        : new HttpResponseStatus(head.status(), reason));
        HttpHeaders headers = response.responseHeaders().clear();
        head.headers().forEach(headers::set);
        if (framing == BodyFraming.CHUNKED && !knowsChunks()) {
            headers.remove(BodyFraming.TRANSFER_ENCODING);
            response.keepAlive(false);
        } else if (framing == BodyFraming.CHUNKED && head.header(BodyFraming.TRANSFER_ENCODING) == null) {
            headers.set(BodyFraming.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else if (framing == BodyFraming.LENGTH && head.header(BodyFraming.CONTENT_LENGTH) == null) {
            headers.set(BodyFraming.CONTENT_LENGTH, length);
        } else if (framing == BodyFraming.CONNECTION && bodyless) {
            headers.set(BodyFraming.CONTENT_LENGTH, 0);
            handler.hideLength();
        }
        return response.then();
    }

    /** HTTP/1.0 has no chunks: the body ends with the connection. */
    private boolean knowsChunks() {
        return !response.version().equals(HttpVersion.HTTP_1_0);
    }

    /** Writes a piece, a large one in several steps. Completes when the socket has accepted it. */
    public Mono<Void> write(BodyPiece piece, boolean framed) {
        boolean chunked = framed && knowsChunks();
        if (piece.size() <= MAX_WRITE) {
            return write(piece, piece.from(), piece.to(), chunked);
        }
        int steps = (piece.size() + MAX_WRITE - 1) / MAX_WRITE;
        return Flux.range(0, steps)
                .map(step -> piece.from() + step * MAX_WRITE)
                .concatMap(from -> write(piece, from, Math.min(from + MAX_WRITE, piece.to()), chunked), 0)
                .then();
    }

    private Mono<Void> write(BodyPiece piece, int from, int to, boolean chunked) {
        return yieldNowAndThen()
                .then(FutureMono.deferFuture(() -> behindEncoder.writeAndFlush(frame(piece, from, to, chunked))))
                .doOnSuccess(done -> outcome.accepted(to - from));
    }

    /** Lets the event loop serve other connections, which a client that reads everything at once would keep waiting. */
    private Mono<Void> yieldNowAndThen() {
        return Mono.defer(() -> ++writes % WRITES_BEFORE_YIELD != 0
                ? Mono.empty()
                : FutureMono.deferFuture(() -> channel.eventLoop().<Void>schedule(() -> null, 0, NANOSECONDS)));
    }

    private ByteBuf frame(BodyPiece piece, int from, int to, boolean chunked) {
        ByteBuf frame = channel.alloc().buffer(to - from + 16);
        if (chunked && from == piece.from()) {
            frame.writeCharSequence(Integer.toHexString(piece.announced()) + "\r\n", US_ASCII);
        }
        frame.writeBytes(piece.bytes().array(), from, to - from);
        if (chunked && to == piece.to() && piece.size() == piece.announced()) {
            frame.writeCharSequence("\r\n", US_ASCII);
        }
        return frame;
    }

    /** Closes the connection after the complete response. The response's headers do not announce it. */
    void closeAfterResponse() {
        handler.closeAfterResponse();
    }

    /** Closes the connection as the end of the response. */
    public Mono<Void> close() {
        return FutureMono.deferFuture(() -> {
            outcome.responseWritten();
            return channel.close();
        });
    }

    /** Resets the connection as the end of the response: with SO_LINGER 0 a close sends RST instead of FIN. */
    Mono<Void> reset() {
        return Mono.fromRunnable(() -> channel.config().setOption(ChannelOption.SO_LINGER, 0))
                .then(close());
    }
}
