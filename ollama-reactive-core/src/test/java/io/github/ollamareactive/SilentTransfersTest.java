// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException.Timeout;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A server verifies 43 GB without a word; the client's clocks are virtual. */
final class SilentTransfersTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n";
    private static final Duration LONG = Duration.ofHours(12);

    private VirtualTimeScheduler time;

    @BeforeEach
    void virtualTime() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    private static OllamaClient client(ScriptedSocket server, UnaryOperator<OllamaClientConfig> change) {
        return OllamaClient.create(
                change.apply(OllamaClientConfig.fromEnvironment(Map.of()).baseUrl(server.baseUrl())));
    }

    private record Call(
            String name,
            Function<OllamaClient, Flux<ProgressEvent>> streamed,
            Function<OllamaClient, Flux<ProgressEvent>> single) {}

    private static final List<Call> CALLS = List.of(
            new Call("pull", c -> c.pull(PullRequest.of("m")), c -> c.pull(PullRequest.of("m").stream(false))),
            new Call("push", c -> c.push(PushRequest.of("m")), c -> c.push(PushRequest.of("m").stream(false))),
            new Call(
                    "create",
                    c -> c.create(CreateRequest.of("m").from("x")),
                    c -> c.create(CreateRequest.of("m").from("x").stream(false))));

    @TestFactory
    Stream<DynamicTest> silenceIsNoFailure() {
        return CALLS.stream()
                .map(call -> DynamicTest.dynamicTest("E7 " + call.name, () -> {
                    try (ScriptedSocket server = ScriptedSocket.local();
                            OllamaClient client = client(server, c -> c)) {
                        LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
                        call.streamed.apply(client).subscribe(events::add, events::add, () -> events.add("end"));
                        server.request();
                        server.send(HEAD + "{\"status\":\"verifying sha256 digest\"}\n");
                        assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(ProgressEvent.Status.class);
                        for (int i = 0; i < 10; i++) {
                            time.advanceTimeBy(LONG);
                            assertThat(events.poll(20, TimeUnit.MILLISECONDS)).isNull();
                        }
                        server.send("{\"status\":\"success\"}\n");
                        assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(new ProgressEvent.Success());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> withoutProgressThereIsNoFirstEventEither() {
        return CALLS.stream()
                .map(call -> DynamicTest.dynamicTest("E7 single " + call.name, () -> {
                    try (ScriptedSocket server = ScriptedSocket.local();
                            OllamaClient client = client(server, c -> c)) {
                        CompletableFuture<ProgressEvent> last =
                                call.single.apply(client).last().toFuture();
                        server.request();
                        time.advanceTimeBy(LONG);
                        server.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\":\"success\"}");
                        assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo(new ProgressEvent.Success());
                    }
                }));
    }

    private void standsStill(
            UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, ? extends Flux<?>> call, String firstLine)
            throws Exception {
        try (ScriptedSocket server = ScriptedSocket.local();
                OllamaClient client = client(server, change)) {
            LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
            call.apply(client).subscribe(events::add, events::add);
            server.request();
            server.send(HEAD + firstLine);
            assertThat(events.poll(20, TimeUnit.SECONDS)).isNotInstanceOf(Throwable.class);
            // The limit counts while more is asked for, which another thread does.
            Object end = null;
            for (int i = 0; i < 200 && end == null; i++) {
                time.advanceTimeBy(Duration.ofMinutes(5));
                end = events.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(end)
                    .isInstanceOfSatisfying(
                            Timeout.class, e -> assertThat(e.phase()).isEqualTo(Timeout.Phase.IDLE));
        }
    }

    @Test
    void e7ALimitThatIsSetHolds() throws Exception {
        standsStill(c -> c.idleTimeout(Duration.ofMinutes(5)), CALLS.get(0).streamed, "{\"status\":\"x\"}\n");
        standsStill(
                c -> c,
                client -> client.with(c -> c.idleTimeout(Duration.ofMinutes(5))).pull(PullRequest.of("m")),
                "{\"status\":\"x\"}\n");
    }

    @Test
    void e7OtherCallsKeepTheirLimit() throws Exception {
        standsStill(
                c -> c,
                client -> client.chat(ChatRequest.of("m", Message.user("q"))),
                "{\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}\n");
    }
}
