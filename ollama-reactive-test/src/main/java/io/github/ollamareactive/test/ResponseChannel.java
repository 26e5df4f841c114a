// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The bytes of one answer. The head goes through Reactor Netty; the body is framed here and written behind its HTTP
 * encoder, each piece when the socket took the one before. So we know what the socket took, and hold one piece at most:
 * Reactor Netty's own send would ask for 128.
 */
final class ResponseChannel {

    private static final int SLICE = 16 * 1024;
    private static final int WRITES_A_TURN = 32;

    private final HttpServerResponse response;
    private final Channel channel;
    private final ChannelHandlerContext behindEncoder;
    private final ExchangeHandler watch;
    private final Exchange exchange;
    private int writes;

    ResponseChannel(HttpServerResponse response, Channel channel, Exchange exchange) {
        this.response = response;
        this.channel = channel;
        this.behindEncoder = requireNonNull(channel.pipeline().context(NettyPipeline.HttpCodec), "HTTP codec");
        this.watch = requireNonNull(channel.pipeline().get(ExchangeHandler.class), "exchange watch");
        this.exchange = exchange;
        watch.begins(exchange);
    }

    boolean isBroken() {
        return !channel.isActive();
    }

    /** Writes status and headers as they are given, and the header of the framing where it is not among them. */
    Mono<Void> head(ResponseHead head, BodyFraming framing, long length, boolean bodyless) {
        String reason = head.reason();
        response.status(
                reason == null
                        ? HttpResponseStatus.valueOf(head.status())
                        : new HttpResponseStatus(head.status(), reason));
        HttpHeaders headers = response.responseHeaders().clear();
        head.headers().forEach(headers::set);
        if (framing == BodyFraming.CHUNKED && head.header(BodyFraming.TRANSFER_ENCODING) == null) {
            headers.set(BodyFraming.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else if (framing == BodyFraming.LENGTH && head.header(BodyFraming.CONTENT_LENGTH) == null) {
            headers.set(BodyFraming.CONTENT_LENGTH, length);
        } else if (framing == BodyFraming.CONNECTION && bodyless) {
            headers.set(BodyFraming.CONTENT_LENGTH, 0);
            watch.hidesLength();
        }
        return response.then();
    }

    Mono<Void> write(BodyPiece piece, boolean chunked) {
        if (piece.size() <= SLICE) {
            return write(piece, piece.from(), piece.to(), chunked);
        }
        int slices = (piece.size() + SLICE - 1) / SLICE;
        return Flux.range(0, slices)
                .map(slice -> piece.from() + slice * SLICE)
                .concatMap(from -> write(piece, from, Math.min(from + SLICE, piece.to()), chunked), 0)
                .then();
    }

    private Mono<Void> write(BodyPiece piece, int from, int to, boolean chunked) {
        return turn().then(FutureMono.deferFuture(() -> behindEncoder.writeAndFlush(frame(piece, from, to, chunked))))
                .doOnSuccess(done -> exchange.accepted(to - from));
    }

    /** A client that takes everything would keep the event loop from all others: now and then it is their turn. */
    private Mono<Void> turn() {
        return Mono.defer(() -> ++writes % WRITES_A_TURN != 0
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

    /** Closes the connection when the complete answer is out, without having told the client. */
    void dropWhenDone() {
        watch.dropsWhenDone();
    }

    /** Closes the connection as the answer's own end. */
    Mono<Void> close() {
        return FutureMono.deferFuture(() -> {
            exchange.toldAll();
            return channel.close();
        });
    }

    /** Closed without lingering, a socket says RST instead of FIN. */
    Mono<Void> reset() {
        return Mono.fromRunnable(() -> channel.config().setOption(ChannelOption.SO_LINGER, 0))
                .then(close());
    }
}
