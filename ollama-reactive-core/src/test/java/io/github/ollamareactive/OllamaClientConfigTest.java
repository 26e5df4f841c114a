// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThatThrownBy(() -> config(Map.of()).idleTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
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
