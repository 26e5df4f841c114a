// SPDX-License-Identifier: Apache-2.0

/**
 * The client. It names also the modules that Reactor Netty needs: that is an automatic module, which can't name them, and nobody
 * else would have them resolved.
 *
 * <p>Compiled by itself, behind everything else, so that the compiler, the tests and the documentation work with the class path.
 * Needs Netty 4.2; on the class path nothing of this is read.
 */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"}) // as Reactor has it
module io.github.ollamareactive {
    requires transitive org.reactivestreams;
    requires transitive reactor.core;
    requires transitive reactor.netty.core;
    requires transitive reactor.netty.http;
    requires static org.jspecify;
    requires static com.ibm.icu;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.codec.http3;
    requires io.netty.codec.classes.quic;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;

    exports io.github.ollamareactive;
    exports io.github.ollamareactive.decision;
    exports io.github.ollamareactive.embedding;
    exports io.github.ollamareactive.generation;
    exports io.github.ollamareactive.operators;
    exports io.github.ollamareactive.protocol;
    exports io.github.ollamareactive.server;

    uses io.github.ollamareactive.protocol.JsonCodec;

    provides io.github.ollamareactive.protocol.JsonCodec with
            io.github.ollamareactive.internal.readers.EventCodec;
}
