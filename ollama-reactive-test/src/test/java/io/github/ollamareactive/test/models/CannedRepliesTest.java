// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Generation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CannedRepliesTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    /** The reply to one question, asked with these further fields. */
    private JsonNode chat(String fields) throws IOException {
        return json(server.post(
                "/api/chat",
                "{" + fields + ",\"stream\":false,\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"Weather in Paris? END no\"}]}"));
    }

    @Test
    void aThinkingModelThinksUnlessToldNotTo() throws Exception {
        assertThat(chat("\"model\":\"qwen3\"").at("/message/thinking").asString())
                .contains("Weather in Paris?");
        assertThat(chat("\"model\":\"qwen3\",\"think\":false").path("message").has("thinking"))
                .isFalse();
    }

    @Test
    void theFirstToolIsCalledWithArgumentsThatFitItsSchema() throws Exception {
        JsonNode called = chat(
                "\"model\":\"llama3.2\",\"tools\":[{\"type\":\"function\",\"function\":"
                        + "{\"name\":\"get_weather\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
                        + "\"unit\":{\"enum\":[\"celsius\"]},\"days\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}}}]");
        assertThat(called.at("/message/tool_calls/0/function/name").asString()).isEqualTo("get_weather");
        assertThat(called.at("/message/tool_calls/0/function/arguments").toString())
                .isEqualTo("{\"city\":\"Weather in Paris? END no\",\"unit\":\"celsius\",\"days\":[1]}");
    }

    @Test
    void theReplyEndsAtStopWordsAndLimits() throws Exception {
        JsonNode limited = chat("\"model\":\"llama3.2\",\"options\":{\"num_predict\":3,\"stop\":[\" END\"]}");
        assertThat(limited.at("/message/content").asString()).isEqualTo("You said: Weather");
        assertThat(limited.path("done_reason").asString()).isEqualTo("length");

        JsonNode stopped = chat("\"model\":\"llama3.2\",\"options\":{\"stop\":[\" END\"]}");
        assertThat(stopped.at("/message/content").asString()).isEqualTo("You said: Weather in Paris?");
    }

    @Test
    void h16ThinkingAndAnswerTogetherHaveAsManyTokensAsTheLimit() throws Exception {
        JsonNode thinking = chat("\"model\":\"qwen3\",\"options\":{\"num_predict\":2}");
        assertThat(thinking.at("/message/content").asString()).isEmpty();
        assertThat(thinking.at("/message/thinking").asString()).isEqualTo("They said:");
        JsonNode both = chat("\"model\":\"qwen3\",\"options\":{\"num_predict\":9}");
        assertThat(both.at("/message/content").asString()).isEqualTo("You said:");
        assertThat(List.of(thinking, both))
                .allSatisfy(answer ->
                        assertThat(answer.path("done_reason").asString()).isEqualTo("length"));
        assertThat(thinking.path("eval_count").asInt()).isEqualTo(2);
        assertThat(both.path("eval_count").asInt()).isEqualTo(9);
    }

    @Test
    void theReplyFitsTheFormat() throws Exception {
        JsonNode instance = chat("\"model\":\"llama3.2\",\"format\":{\"type\":\"object\","
                + "\"properties\":{\"n\":{\"type\":\"integer\"}}}");
        assertThat(instance.at("/message/content").asString()).isEqualTo("{\"n\":1}");

        JsonNode object = chat("\"model\":\"llama3.2\",\"format\":\"json\"");
        assertThat(JsonMapper.shared()
                        .readTree(object.at("/message/content").asString())
                        .isObject())
                .isTrue();
    }

    @Test
    void aScriptedReplyReplacesTheModelsOwn() throws Exception {
        server.answerWith(LocalModels.of(Model.of("m").says(Generation.create().tokens("Forty", "-two"))));
        JsonNode said = json(server.post("/api/generate", "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":false}"));
        assertThat(said.path("response").asString()).isEqualTo("Forty-two");
    }
}
