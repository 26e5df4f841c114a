// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.OllamaException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The error that a call must end with.
 *
 * @param json {@code type}, {@code partial} (the text that had arrived), {@code says} (words of the message), and by type: {@code
 *     status}, {@code kind}, {@code message} (the server's words), {@code signin_url}; {@code message}, {@code fragment} (bytes);
 *     {@code line}, {@code excerpt}; {@code problem}
 */
record ExpectedError(JsonNode json) {

    void assertMatches(@Nullable Throwable thrown) {
        assertThat(thrown).isInstanceOf(OllamaException.class);
        OllamaException error = (OllamaException) thrown;
        assertThat(error.getClass().getSimpleName().toLowerCase(Locale.ROOT)).isEqualTo(string("type"));
        assertThat(error.partial().text()).isEqualTo(json.path("partial").asString(""));
        assertThat(error).message().isNotBlank().contains(json.path("says").asString(""));
        if (error instanceof OllamaException.Status status) {
            assertThat(status.status()).isEqualTo(json.get("status").asInt());
            assertThat(status.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(string("kind"));
            assertThat(status.serverMessage()).isEqualTo(string("message"));
            assertThat(status.signinUrl()).isEqualTo(string("signin_url"));
            assertThat(status).hasMessageContainingAll(status.serverMessage(), String.valueOf(status.status()));
        } else if (error instanceof OllamaException.Stream stream) {
            assertThat(stream.serverMessage()).isEqualTo(string("message"));
            assertIfGiven("fragment", stream.fragmentBytes());
        } else if (error instanceof OllamaException.Protocol protocol) {
            assertIfGiven("line", protocol.line());
            assertIfGiven("excerpt", protocol.excerpt());
        } else if (error instanceof OllamaException.Connection connection) {
            assertIfGiven("problem", connection.problem().name().toLowerCase(Locale.ROOT));
            assertThat(connection.getCause()).isNotNull();
        }
    }

    private @Nullable String string(String field) {
        return json.has(field) ? json.get(field).asString() : null;
    }

    private void assertIfGiven(String field, Object actual) {
        if (json.has(field)) {
            assertThat(actual.toString()).as(field).isEqualTo(json.get(field).asString());
        }
    }
}
