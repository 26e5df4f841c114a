// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Budget;
import io.github.ollamareactive.operators.Stats;
import io.github.ollamareactive.operators.Tokens;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Durations that mean "for ever", and addresses with a zone. */
final class ForeverTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<Duration> FOREVER = List.of(
            ChronoUnit.FOREVER.getDuration(),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofMillis(Long.MAX_VALUE),
            Duration.ofDays(200_000));

    @Test
    void f7AModelIsKeptForEver() {
        for (Duration forever : FOREVER) {
            assertThat(KeepAlive.of(forever)).as("%s", forever).isEqualTo(KeepAlive.FOREVER);
        }
        for (double seconds : new double[] {Double.POSITIVE_INFINITY, Double.MAX_VALUE, 1e18, 1e10}) {
            assertThat(KeepAlive.seconds(seconds)).isEqualTo(KeepAlive.FOREVER);
        }
        assertThat(KeepAlive.of(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(KeepAlive.FOREVER);
        assertThat(KeepAlive.of(Duration.ofNanos(Long.MAX_VALUE)))
                .hasToString("KeepAlive[toJson=\"9223372036854775807ns\"]");
        assertThatThrownBy(() -> KeepAlive.seconds(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void f7EveryTimeLimitMayBeForEver() {
        for (Duration forever : FOREVER) {
            try (OllamaTestServer server = OllamaTestServer.start();
                    OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                            .baseUrl(server.baseUrl())
                            .connectTimeout(forever)
                            .firstEventTimeout(forever)
                            .idleTimeout(forever)
                            .totalTimeout(forever)
                            .retryDelay(Duration.ofMillis(1), forever))) {
                server.answer("POST", "/api/chat", Answer.of(503), Answer.tokens("a", "b"));
                Flux<GenerationEvent> chat = client.chat(ChatRequest.of("m", Message.user("q")));
                Flux<?> all = chat.transform(Tokens.until(Budget.UNLIMITED.duration(forever)))
                        .transform(Tokens.shared(1 << 20, forever))
                        .transform(Stats.live(forever));
                StepVerifier.create(all.then()).expectComplete().verify(LIMIT);
            }
        }
    }

    @Test
    void f7NothingIsShorterThanNothing() {
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatThrownBy(() -> Budget.UNLIMITED.duration(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("duration");
            assertThatThrownBy(
                            () -> OllamaClientConfig.fromEnvironment(Map.of()).idleTimeout(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("idleTimeout");
        }
    }

    @Test
    void f7AZoneIsUsed() throws Exception {
        Optional<Inet6Address> linkLocal = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet6Address.class::isInstance)
                .map(Inet6Address.class::cast)
                .filter(Inet6Address::isLinkLocalAddress)
                .findFirst();
        assumeTrue(linkLocal.isPresent(), "no link-local address");
        String literal = linkLocal.get().getHostAddress();
        try (ScriptedSocket server = new ScriptedSocket(linkLocal.get());
                OllamaClient client = OllamaClient.create("http://[" + literal + "]:" + server.port())) {
            CompletableFuture<?> version = client.version().next().toFuture();
            assertThat(server.request())
                    .as("the zone is nobody else's business")
                    .doesNotContain("%");
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"version\":\"1.2\"}");
            assertThat(version.get(20, TimeUnit.SECONDS)).isEqualTo(new Version("1.2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1%nosuch0]:1", "http://[::1%25nosuch0]:1", "fe80::1%nosuch0"})
    void f7AZoneThatIsNotThereIsSaid(String host) {
        try (OllamaClient client = OllamaClient.create(host)) {
            StepVerifier.create(client.version())
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(
                                    OllamaException.Connection.class,
                                    c -> assertThat(c.problem())
                                            .isEqualTo(OllamaException.Connection.Problem.UNKNOWN_HOST))
                            .hasMessageContaining("%nosuch0"))
                    .verify(LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1%]", "[::1%a b]", "[::1%a%b]", "[%lo]", "[::1%lo/x]:1"})
    void f7WhatIsNoZoneIsRefused(String host) {
        assertThatThrownBy(() -> OllamaClient.create(host)).isInstanceOf(IllegalArgumentException.class);
    }
}
