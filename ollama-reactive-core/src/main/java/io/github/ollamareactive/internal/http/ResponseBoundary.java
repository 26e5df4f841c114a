// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Sees to it that the answer to a request is what the call gets, and that nothing of it is left for the next call on the connection.
 *
 * <p>Stands behind Netty's HTTP codec. Reactor Netty takes any interim response but 100 for the answer; here they are dropped. The
 * end of an answer is passed on only with the last byte that was read together with it: what follows is nobody's, and such a
 * connection is closed, as is one on which something arrives that was not asked for, or whose request is not out yet.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells of a write and a close by the promise and the events
final class ResponseBoundary extends ChannelDuplexHandler {
    /** Shows whether the codec holds bytes of a message that is not whole: an interim response that the codec gives back alone. */
    private static final int PROBE_STATUS = 199;

    private static final byte[] PROBE = "HTTP/1.1 199 Probe\r\n\r\n".getBytes(US_ASCII);

    private final Bytes bytes = new Bytes();

    private boolean owed;
    private boolean interim;
    private boolean keepsConnection;
    private boolean probing;
    private boolean clean;
    private @Nullable HttpMethod method;
    private @Nullable ChannelPromise sent;
    private @Nullable LastHttpContent end;

    /**
     * Looks after a connection from now on.
     *
     * @param channel a connection that is about to send a request
     * @return whether it had sent one before
     */
    static boolean watch(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(ResponseBoundary.class) != null) {
            return true;
        }
        ResponseBoundary boundary = new ResponseBoundary();
        ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
        if (codec != null) {
            pipeline.addBefore(codec.name(), null, boundary.bytes);
            pipeline.addAfter(codec.name(), null, boundary);
        } else if (pipeline.get(NettyPipeline.H2ToHttp11Codec) != null) {
            // HTTP/2, which the hook can switch on: a stream is never used twice, but has interim responses too.
            pipeline.addAfter(NettyPipeline.H2ToHttp11Codec, null, boundary);
        }
        return false;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        ChannelPromise written = promise;
        if (msg instanceof HttpRequest request) {
            owed = true;
            method = request.method();
            sent = null;
        }
        if (msg instanceof LastHttpContent) {
            written = promise.unvoid();
            sent = written;
        }
        ctx.write(msg, written);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (probing) {
            clean = clean
                    && (msg instanceof HttpResponse response
                            ? response.status().code() == PROBE_STATUS
                                    && response.decoderResult().isSuccess()
                            : msg instanceof LastHttpContent);
            ReferenceCountUtil.release(msg);
        } else if (end != null || !owed) {
            // Behind the answer's end, in the same read.
            ReferenceCountUtil.release(msg);
            keepsConnection = false;
        } else {
            if (msg instanceof HttpObject http && http.decoderResult().isFailure()) {
                http.setDecoderResult(DecoderResult.failure(
                        new NoHttpException(false, http.decoderResult().cause())));
            }
            if (msg instanceof HttpResponse response) {
                begin(response);
            }
            if (interim) {
                ReferenceCountUtil.release(msg);
                if (msg instanceof LastHttpContent) {
                    ctx.read();
                }
            } else if (msg instanceof LastHttpContent last) {
                end = last;
            } else {
                ctx.fireChannelRead(msg);
            }
        }
    }

    private void begin(HttpResponse response) {
        int status = response.status().code();
        interim = status >= 100 && status < 200 && status != 101;
        // A server that answers HEAD like GET sends that body some time: nobody knows when.
        keepsConnection =
                HttpUtil.isKeepAlive(response) && !(HttpMethod.HEAD.equals(method) && announcesBody(response));
    }

    private static boolean announcesBody(HttpResponse response) {
        return HttpUtil.isTransferEncodingChunked(response)
                || !response.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!probing) {
            finish(ctx);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(ctx);
        ctx.fireChannelInactive();
    }

    private void finish(ChannelHandlerContext ctx) {
        LastHttpContent last = end;
        if (last == null) {
            return;
        }
        if (!keepsConnection || sent == null || !sent.isSuccess() || !isCodecEmpty()) {
            Connection.from(ctx.channel()).markPersistent(false);
        }
        end = null;
        owed = false;
        ctx.fireChannelRead(last);
    }

    private boolean isCodecEmpty() {
        probing = true;
        clean = true;
        bytes.probe();
        probing = false;
        return clean;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean codec = cause instanceof DecoderException && !(cause.getCause() instanceof SSLException);
        ctx.fireExceptionCaught(codec ? new NoHttpException(false, cause) : cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(end);
        end = null;
    }

    /** What the other side sent is no HTTP/1.1. */
    static final class NoHttpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Whether it is TLS. */
        final boolean tls;

        NoHttpException(boolean tls, @Nullable Throwable cause) {
            super("no HTTP/1.1", cause, false, false);
            this.tls = tls;
        }
    }

    /** Stands before the codec, which waits for a line's end before it gives anything on. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        private boolean begun;
        private @Nullable ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        void probe() {
            ChannelHandlerContext ctx = context;
            if (ctx != null && ctx.channel().isActive()) {
                ctx.fireChannelRead(ctx.alloc().buffer(PROBE.length).writeBytes(PROBE));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (!owed) {
                ReferenceCountUtil.release(msg);
                ctx.close();
                return;
            }
            if (!begun && msg instanceof ByteBuf bytes && bytes.isReadable()) {
                begun = true;
                int first = bytes.getUnsignedByte(bytes.readerIndex());
                if (first != 'H' && first != '\r' && first != '\n') {
                    // A TLS record, an alert or a part of a handshake.
                    boolean tls = first == 0x15 || first == 0x16;
                    bytes.release();
                    ctx.fireExceptionCaught(new NoHttpException(tls, null));
                    ctx.close();
                    return;
                }
            }
            ctx.fireChannelRead(msg);
        }
    }
}
