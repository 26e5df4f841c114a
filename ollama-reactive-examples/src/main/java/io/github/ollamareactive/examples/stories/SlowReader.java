// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.netty.http.client.HttpClient;

/**
 * A reader that takes one token and then no more, in front of a model that never ends. It brings its own model, since only a
 * server can tell how much its socket took.
 */
public final class SlowReader {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STILL = Duration.ofMillis(300);
    private static final String LINE = "{\"model\":\"m\",\"response\":\" again\",\"done\":false}";

    private SlowReader() {}

    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        AtomicLong read = new AtomicLong();
        OllamaClientConfig config =
                OllamaClientConfig.fromEnvironment(Map.of()).httpClient(http -> counting(http, read));
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(config.baseUrl(server.baseUrl()))) {
            server.answer("POST", "/api/generate", Answer.endless(LINE));
            BaseSubscriber<String> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.request(1);
                }

                @Override
                protected void hookOnNext(String text) {
                    out.println("a token:" + text);
                }
            };
            Tokens.text(ollama.generate(GenerateRequest.of("m", "Go on."))).subscribe(reader);

            Exchange exchange = requireNonNull(server.exchange(0).block(PATIENCE));
            long taken = requireNonNull(exchange.stalledFor(STILL).block(PATIENCE));
            out.printf(Locale.ROOT, "the model stands still: its socket took %,d bytes%n", taken);
            out.printf(Locale.ROOT, "of them %,d are in this program, the others in the kernel%n", read.get());

            reader.request(2);
            exchange.stalledFor(STILL).block(PATIENCE);
            reader.cancel();
            exchange.clientGone().block(PATIENCE);
            out.println("the reader leaves, and the model's connection is closed");
        }
    }

    private static HttpClient counting(HttpClient http, AtomicLong read) {
        return http.doOnConnected(connection -> connection
                .channel()
                .pipeline()
                .addFirst(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        if (message instanceof ByteBuf bytes) {
                            read.addAndGet(bytes.readableBytes());
                        }
                        context.fireChannelRead(message);
                    }
                }));
    }
}
