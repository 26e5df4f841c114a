// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Encrypted connections, which have to work without the native QUIC libraries on the class path. */
final class TlsTest {
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();

    private MockWebServer server() throws Exception {
        MockWebServer server = new MockWebServer();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        server.enqueue(new MockResponse.Builder().body("{\"version\":\"1\"}").build());
        server.start();
        return server;
    }

    @Test
    void aTrustedCertificateIsAccepted() throws Exception {
        SslContext trust = SslContextBuilder.forClient()
                .trustManager(certificate.certificate())
                .build();
        try (MockWebServer server = server();
                OllamaClient client = OllamaClient.create(OllamaClientConfig.fromEnvironment(Map.of())
                        .baseUrl("https://localhost:" + server.getPort())
                        .httpClient(http -> http.secure(spec -> spec.sslContext(trust))))) {
            StepVerifier.create(client.version())
                    .expectNext(new Version("1"))
                    .expectComplete()
                    .verify(Duration.ofSeconds(50));
        }
    }

    @Test
    void anUntrustedCertificateIsATlsError() throws Exception {
        try (MockWebServer server = server();
                OllamaClient client = OllamaClient.create("https://localhost:" + server.getPort())) {
            StepVerifier.create(client.version())
                    .expectErrorSatisfies(e -> {
                        assertThat(e).isInstanceOf(OllamaException.Connection.class);
                        assertThat(((OllamaException.Connection) e).problem()).isEqualTo(Problem.TLS);
                        assertThat(e).hasMessageContaining("https://localhost:");
                    })
                    .verify(Duration.ofSeconds(50));
        }
    }
}
