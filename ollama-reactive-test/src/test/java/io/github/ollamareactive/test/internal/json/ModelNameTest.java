// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ollamareactive.test.models.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelNameTest {

    @Test
    void namesFollowOllamasGrammar() {
        assertThat(ModelName.of("host:5000/ns/m").orElseThrow().display()).isEqualTo("host:5000/ns/m:latest");
        assertThat(ModelName.of("http://host:5000/ns/m").orElseThrow().host()).isEqualTo("host:5000");
        assertThat(ModelName.of("_m.v1-2_x:Q4_K_M").orElseThrow().full())
                .isEqualTo("registry.ollama.ai/library/_m.v1-2_x:Q4_K_M");
        assertThat(List.of("m:", ":t", "/m", "ns/", "m:t:u", "a/b/c/d", "my.ns/m", "-m", "m@sha256:1", "", "ä"))
                .allMatch(name -> ModelName.of(name).isEmpty());
        assertThatIllegalArgumentException().isThrownBy(() -> Model.of("a b"));
    }
}
