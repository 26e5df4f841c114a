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
 * Requests one token of an endless answer and then no more: backpressure blocks the server. The story runs its own server, because
 * only a server can measure how many bytes its socket accepted.
 */
public final class SlowReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration QUIET_PERIOD = Duration.ofMillis(300);
    private static final String LINE = "{\"model\":\"m\",\"response\":\" again\",\"done\":false}";

    private SlowReader() {}

    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        AtomicLong receivedBytes = new AtomicLong();
        OllamaClientConfig config =
                OllamaClientConfig.fromEnvironment(Map.of()).httpClient(http -> countingBytes(http, receivedBytes));
        try (OllamaTestServer server = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(config.baseUrl(server.baseUrl()))) {
            server.answer("POST", "/api/generate", Answer.endless(LINE));
            BaseSubscriber<String> subscriber = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.request(1);
                }

                @Override
                protected void hookOnNext(String text) {
                    out.println("a token:" + text);
                }
            };
            Tokens.text(ollama.generate(GenerateRequest.of("m", "Go on."))).subscribe(subscriber);

            Exchange exchange = requireNonNull(server.exchange(0).block(TIMEOUT));
            long acceptedBytes =
                    requireNonNull(exchange.stalledFor(QUIET_PERIOD).block(TIMEOUT));
            out.printf(Locale.ROOT, "the server is blocked: its socket accepted %,d bytes%n", acceptedBytes);
            out.printf(
                    Locale.ROOT,
                    "this program received %,d of them, the others are in the kernel's buffers%n",
                    receivedBytes.get());

            subscriber.request(2);
            exchange.stalledFor(QUIET_PERIOD).block(TIMEOUT);
            subscriber.cancel();
            exchange.clientGone().block(TIMEOUT);
            out.println("the subscriber cancels, and the connection is closed");
        }
    }

    private static HttpClient countingBytes(HttpClient http, AtomicLong receivedBytes) {
        return http.doOnConnected(connection -> connection
                .channel()
                .pipeline()
                .addFirst(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        if (message instanceof ByteBuf bytes) {
                            receivedBytes.addAndGet(bytes.readableBytes());
                        }
                        context.fireChannelRead(message);
                    }
                }));
    }
}
