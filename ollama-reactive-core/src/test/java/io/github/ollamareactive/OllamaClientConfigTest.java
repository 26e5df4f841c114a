// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.WebSearchRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The base URL, the credentials and the limits that environment variables and withers give. */
final class OllamaClientConfigTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,                                http://127.0.0.1:11434",
                "`   `,                             http://127.0.0.1:11434",
                "1.2.3.4,                           http://1.2.3.4:11434",
                "localhost,                         http://localhost:11434",
                "example.com,                       http://example.com:11434",
                "example.com/,                      http://example.com:11434",
                "example.com:,                      http://example.com:11434",
                ":1234,                             http://127.0.0.1:1234",
                ":56789/,                           http://127.0.0.1:56789",
                "1.2.3.4:1234,                      http://1.2.3.4:1234",
                "example.com:1234/,                 http://example.com:1234",
                "http://1.2.3.4,                    http://1.2.3.4:80",
                "http://example.com,                http://example.com:80",
                "http://,                           http://127.0.0.1:80",
                "HTTP://example.com,                http://example.com:80",
                "https://example.com,               https://example.com:443",
                "https://1.2.3.4:1234,              https://1.2.3.4:1234",
                "example.com/path,                  http://example.com:11434/path",
                "example.com:56789/path/,           http://example.com:56789/path",
                "https://example.com:56789/path,    https://example.com:56789/path",
                "https://example.com/a/b//,         https://example.com:443/a/b",
                "[0001:002:003:0004::1],            http://[0001:002:003:0004::1]:11434",
                "[0001:002:003:0004::1]:56789,      http://[0001:002:003:0004::1]:56789",
                "http://[0001:002:003:0004::1],     http://[0001:002:003:0004::1]:80",
                "https://[::2]:56789/path/,         https://[::2]:56789/path",
                "::1,                               http://[::1]:11434",
                "[::1]:1337,                        http://[::1]:1337",
                "::1:1337,                          http://[::1:1337]:11434",
                "http://user@host:1,                http://host:1",
                "http://user:pass@host,             http://host:80",
                "https://user:secret@host,          https://host:443",
                "ollama.com,                        https://ollama.com:443",
                "http://ollama.com,                 http://ollama.com:80",
                "` 1.2.3.4 `,                       http://1.2.3.4:11434",
                "`\"1.2.3.4\"`,                     http://1.2.3.4:11434",
                "`' 1.2.3.4 '`,                     http://1.2.3.4:11434",
                "0.0.0.0,                           http://127.0.0.1:11434",
                "0.0.0.0:1234,                      http://127.0.0.1:1234",
                "my_host:1,                         http://my_host:1",
                "b\u00fccher.example,              http://xn--bcher-kva.example:11434",
                "[::],                              http://[::1]:11434",
                "https://[::]:1234,                 https://[::1]:1234",
            })
    void aHostStringGivesTheBaseUrl(String host, String url) {
        assertThat(config(Map.of("OLLAMA_HOST", host)).baseUrl()).isEqualTo(url);
    }

    private static OllamaClientConfig config(Map<String, String> environment) {
        return OllamaClientConfig.fromEnvironment(environment);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com:70000, '70000'",
        "example.com:0, '0'",
        "example.com:abc, 'abc'",
        "example.com:-1, '-1'",
        "http://example.com:abc/path, 'abc'",
        "ftp://example.com, 'ftp'",
        "[::g], 'IPv6'",
        "exa mple.com, 'exa mple.com'",
        "example.com?x=1, 'example.com?x=1'",
        "example.com/a b, '/a b'",
        "example.com/a?x=1, '/a?x=1'"
    })
    void anUnreadableHostStringIsRefusedWithTheReason(String host, String reason) {
        assertThatThrownBy(() -> config(Map.of("OLLAMA_HOST", host)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aRefusalShowsNoCredentials() {
        for (String bad : new String[] {
            "http://user:secret@host:abc",
            "https://user:sec/secret@host",
            "http://user:8/my?secret@host",
            "http://user:secret@ho st",
            "http://user:secret%zz@host"
        }) {
            assertThatThrownBy(() -> config(Map.of("OLLAMA_HOST", bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void ollamaPortCountsWhenTheHostNamesNeitherPortNorScheme() {
        assertThat(config(Map.of()).baseUrl()).isEqualTo("http://127.0.0.1:11434");
        assertThat(config(Map.of("OLLAMA_PORT", "4000")).baseUrl()).isEqualTo("http://127.0.0.1:4000");
        assertThat(config(Map.of("OLLAMA_PORT", "4000", "OLLAMA_HOST", "example.com"))
                        .baseUrl())
                .isEqualTo("http://example.com:4000");
        assertThat(config(Map.of("OLLAMA_PORT", "4000", "OLLAMA_HOST", "example.com:1"))
                        .baseUrl())
                .isEqualTo("http://example.com:1");
        assertThat(config(Map.of("OLLAMA_PORT", "4000", "OLLAMA_HOST", "http://example.com"))
                        .baseUrl())
                .isEqualTo("http://example.com:80");
        assertThatThrownBy(() -> config(Map.of("OLLAMA_PORT", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OLLAMA_PORT")
                .hasMessageContaining("'x'");
    }

    /** Kubernetes sets it for a Service named "ollama", also in the containers of those who wrote nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://10.96.0.1:11434",
                "udp://10.96.0.1:11434",
                "sctp://10.96.0.1:1",
                "TCP://[fd00::1]:11434",
                " 'tcp://10.96.0.1:11434' "
            })
    void f1TheUrlThatKubernetesSetsIsNoPort(String port) {
        assertThat(config(Map.of("OLLAMA_PORT", port)).baseUrl()).isEqualTo("http://127.0.0.1:11434");
        assertThat(config(Map.of("OLLAMA_PORT", port, "OLLAMA_HOST", "gpu")).baseUrl())
                .isEqualTo("http://gpu:11434");
        assertThat(config(Map.of("OLLAMA_PORT", port, "OLLAMA_HOST", "http://gpu:1234"))
                        .baseUrl())
                .isEqualTo("http://gpu:1234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "70000", "-1", "http://gpu:1", "tcp:1", "11434/tcp"})
    void f1ABadPortIsAnErrorWhereItIsUsed(String port) {
        for (String host : new String[] {"gpu:1", "http://gpu", "https://gpu/", "ollama.com", ":8080"}) {
            assertThat(config(Map.of("OLLAMA_PORT", port, "OLLAMA_HOST", host)).baseUrl())
                    .as(host)
                    .isNotEmpty();
        }
        for (String host : new String[] {"", "gpu", "gpu/path", "[::1]", "0.0.0.0"}) {
            assertThatThrownBy(() -> config(Map.of("OLLAMA_PORT", port, "OLLAMA_HOST", host)))
                    .as(host)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("OLLAMA_PORT: '" + port + "'");
        }
    }

    @Test
    void f3AClientOfTheCloudTakesTheEnvironmentsKey() {
        Map<String, String> environment =
                Map.of("OLLAMA_API_KEY", " k\n", "OLLAMA_HOST", "not used", "OLLAMA_PORT", "x");
        for (String host :
                new String[] {"https://ollama.com", "ollama.com", "https://OLLAMA.com:443/", "https://api.ollama.com"
                }) {
            assertThat(OllamaClientConfig.of(host, environment).settings().headers())
                    .as(host)
                    .containsEntry("Authorization", "Bearer k");
        }
        for (String host : new String[] {
            "http://ollama.com",
            "http://ollama.com:443",
            "https://ollama.com@example.com",
            "https://ollama.com:443@example.com",
            "https://example.com/ollama.com",
            "https://ollama.com.example.com",
            "https://notollama.com",
            "https://ollama.co",
            "https://\u043Ellama.com",
            "localhost",
            ""
        }) {
            assertThat(String.valueOf(OllamaClientConfig.of(host, environment)
                            .settings()
                            .headers()
                            .get("Authorization")))
                    .as(host)
                    .doesNotContain("Bearer");
        }
        assertThat(OllamaClientConfig.of("https://me:secret@ollama.com", environment)
                        .settings()
                        .headers()
                        .get("Authorization"))
                .as("what the host says wins")
                .startsWith("Basic ");
        assertThat(OllamaClientConfig.of("https://ollama.com", Map.of())
                        .settings()
                        .headers())
                .isEmpty();
    }

    /** The environment of a process can't be changed, so another one tells. */
    @Test
    void f3TheFactoryReadsTheEnvironment() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CloudKey.class.getName());
        java.environment().put("OLLAMA_API_KEY", "k");
        java.environment().put("OLLAMA_PORT", "tcp://10.96.0.1:11434");
        java.environment().remove("OLLAMA_HOST");
        Process process = java.redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).contains("takes the key");
    }

    /** Makes no call. */
    static final class CloudKey {
        public static void main(String[] args) {
            OllamaClient.create().close();
            try (OllamaClient cloud = OllamaClient.create("https://ollama.com")) {
                cloud.webSearch(WebSearchRequest.of("reactor")); // refuses at once without a key
                System.out.println("takes the key");
            }
        }
    }

    @Test
    void f6TheEnvironmentsKeyIsCheckedWhereItIsUsed() {
        Map<String, String> environment = Map.of("OLLAMA_API_KEY", "secr\u00e9t");
        assertThat(config(environment).baseUrl()).isEqualTo("http://127.0.0.1:11434");
        assertThat(OllamaClientConfig.of("gpu", environment).baseUrl()).isEqualTo("http://gpu:11434");
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> config(environment).baseUrl("https://ollama.com"),
                () -> OllamaClientConfig.of("ollama.com", environment),
                () -> config(Map.of("OLLAMA_API_KEY", "secr\u00e9t", "OLLAMA_HOST", "ollama.com")))) {
            assertThatThrownBy(use)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("OLLAMA_API_KEY")
                    .message()
                    .doesNotContain("secr");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "k\u00e9y", "ke\u0000y", "a\nb", "\u200Bkey", "key\u007F", "\u30AD\u30FC"})
    void f6KeysThatCanNotBeSentAreRefused(String key) {
        assertThatThrownBy(() -> config(Map.of()).apiKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("apiKey")
                .message()
                .doesNotContain("k\u00e9y")
                .doesNotContain("ke\u0000y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Who", "X:Who", "X-\u00dcber", "X\tY", "\"X\"", "X\n", "(X)", "X/Y"})
    void f6NamesThatAreNoTokensAreRefused(String name) {
        assertThatThrownBy(() -> config(Map.of()).header(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name");
        assertThat(config(Map.of())
                        .header("!#$%&'*+-.^_`|~09azAZ", "x")
                        .settings()
                        .headers())
                .hasSize(1);
    }

    @Test
    void f6ValuesAreVisibleAsciiWithSpacesInside() {
        assertThat(config(Map.of()).header("X", " a \t~b ").settings().headers())
                .containsEntry("X", "a \t~b");
        assertThat(config(Map.of()).header("X", "").settings().headers()).containsEntry("X", "");
        for (String value : new String[] {"s\u00e9cret", "secret\u0001", "secret\u001b[0m", "secret\u007f"}) {
            assertThatThrownBy(() -> config(Map.of()).header("X", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("value")
                    .message()
                    .doesNotContain("cret");
        }
    }

    @Test
    void f6WhatAHeaderSourceGivesIsCheckedToo() {
        for (Map<String, String> bad : List.of(
                Map.of("X", "s\u00e9cret"),
                Map.of("X", "a\r\nY: secret"),
                Map.of("s\u00e9cret", "x"),
                Map.of("", "x"))) {
            try (OllamaClient client = OllamaClient.create(
                    config(Map.of("OLLAMA_HOST", "127.0.0.1:1")).headerSource(Mono.just(bad)))) {
                StepVerifier.create(client.version())
                        .expectErrorSatisfies(e -> assertThat(e)
                                .isInstanceOf(OllamaException.class)
                                .message()
                                .doesNotContain("cret")
                                .doesNotContain("refused"))
                        .verify(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void f6AHookThatReturnsNullIsNamed() {
        assertThatThrownBy(() -> OllamaClient.create(config(Map.of()).httpClient(http -> null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith("httpClient");
        try (OllamaClient client = OllamaClient.create(config(Map.of()))) {
            assertThatThrownBy(() -> client.with(c -> null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageStartingWith("change");
            assertThatThrownBy(() -> client.with(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageStartingWith("change");
        }
    }

    @Test
    void f10RefusalsArePrintable() {
        for (String host :
                new String[] {"\u001b[2Jx", "http://x/\u009b2J", "x:\u0007", "\u202eftp://x", "[::\u001b]"}) {
            assertThatThrownBy(() -> config(Map.of("OLLAMA_HOST", host)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .matches("[ -~]+");
        }
    }

    @Test
    void userInfoBecomesABasicHeaderAndIsShownNowhere() {
        OllamaClientConfig config = config(Map.of("OLLAMA_HOST", "https://us%65r:se+cret@example.com"));
        assertThat(config.settings().headers())
                .containsEntry("Authorization", "Basic dXNlcjpzZStjcmV0"); // user:se+cret
        assertThat(config.toString() + config.settings())
                .doesNotContain("cret")
                .doesNotContain("Basic")
                .contains("https://example.com:443");
    }

    @Test
    void headersHoldNoLineBreaks() {
        assertThat(config(Map.of()).apiKey("key\n").settings().headers()).containsEntry("Authorization", "Bearer key");
        for (String evil : new String[] {"a\r\nX-Evil: secret", "a\nsecret", "secret\0"}) {
            assertThatThrownBy(() -> config(Map.of()).apiKey(evil + "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("secret");
            assertThatThrownBy(() -> config(Map.of()).header("X", evil + "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> config(Map.of()).header(evil, "x")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> config(Map.of()).maxLineBytes(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> config(Map.of()).connectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEnvironmentsKeyGoesToTheCloudOverHttpsOnly() {
        assertThat(config(Map.of("OLLAMA_API_KEY", "k", "OLLAMA_HOST", "ollama.com"))
                        .settings()
                        .headers())
                .containsEntry("Authorization", "Bearer k");
        for (String host : new String[] {"http://ollama.com", "https://example.com", "", "https://notollama.com"}) {
            assertThat(config(Map.of("OLLAMA_API_KEY", "k", "OLLAMA_HOST", host))
                            .settings()
                            .headers())
                    .doesNotContainKey("Authorization");
        }
        assertThat(config(Map.of("OLLAMA_API_KEY", "k"))
                        .baseUrl("example.com")
                        .apiKey("mine")
                        .settings()
                        .headers())
                .containsEntry("Authorization", "Bearer mine");
        assertThat(config(Map.of("OLLAMA_API_KEY", "k"))
                        .baseUrl("ollama.com")
                        .apiKey("mine")
                        .settings()
                        .headers())
                .containsEntry("Authorization", "Bearer mine");
        assertThat(config(Map.of())
                        .apiKey("mine")
                        .header("authorization", "Custom x")
                        .settings()
                        .headers())
                .containsExactly(Map.entry("authorization", "Custom x"));
    }
}
