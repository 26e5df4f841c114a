// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.internal.http.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bodies are the same request in the spellings of several clients. */
class RequestEquivalenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m"} | {"model":"m","suffix":"","system":"","template":"","raw":false,"stream":true,"options":{}}
                    {"model":"m"} | {"name":"m"}
                    {"model":"m"} | {"name":"m","model":""}
                    {"model":"m"} | {"name":"m","model":"m"}
                    {"model":"m"} | {"model":"m","name":"n"}
                    {"model":"m"} | {"name":"m:latest"}
                    {"model":"m"} | {"model":"M:Latest"}
                    {"model":"m"} | {"model":"registry.ollama.ai/library/m"}
                    {"model":"x/m"} | {"model":"x/m:latest"}
                    {"model":"host:80/x/m"} | {"model":"host:80/x/m:latest"}
                    {"model":"m"} | {"Model":"m","STREAM":null}
                    {"model":"m"} | {"model":"m","name":"","username":"","password":"","insecure":false}
                    {"model":"m"} | {"model":"m","truncate":true,"think":null,"shift":null,"dimensions":0,"top_logprobs":0}
                    {"source":"a","destination":"b"} | {"source":"a:latest","destination":"b:latest"}
                    {"messages":[{"role":"user","content":"x"}]} | {"messages":[{"role":"User","content":"x","thinking":"","images":null}]}
                    {"messages":[{"role":"user","content":"x"}]} | {"messages":[{"content":"x","role":"user","images":[],"tool_calls":null,"tool_name":"","tool_call_id":""}]}
                    {"messages":[{"role":"assistant"}]} | {"messages":[{"role":"assistant","content":""}]}
                    {"messages":[{"role":"assistant"}]} | {"messages":[{"role":"assistant","content":null,"unknown":1}]}
                    {"messages":[{"tool_calls":[{"function":{"name":"f","arguments":{"a":0}}}]}]} | {"messages":[{"tool_calls":[{"id":"","type":"function","function":{"index":0,"name":"f","arguments":{"a":0.0}}}]}]}
                    {"images":["AAAA"]} | {"images":["AA\\r\\nAA"]}
                    {"tools":[]} | {"tools":null}
                    {"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}]} | {"tools":[{"items":null,"type":"function","function":{"description":"","name":"f","parameters":{"$defs":null,"required":[],"additionalProperties":false,"type":"object","properties":{"a":{"type":["string"],"description":"","enum":null,"default":"x"}}}}}]}
                    {"keep_alive":0} | {"keep_alive":"0s"}
                    {"keep_alive":0} | {"keep_alive":"0"}
                    {"keep_alive":-1} | {"keep_alive":"2562047h47m16.854775807s"}
                    {"keep_alive":-1} | {"keep_alive":"-1m"}
                    {"keep_alive":-1} | {"keep_alive":-0.5}
                    {"keep_alive":300} | {"keep_alive":"5m0s"}
                    {"keep_alive":300} | {"keep_alive":"5m"}
                    {"keep_alive":300.0} | {"keep_alive":"300s"}
                    {"keep_alive":0.0025} | {"keep_alive":"2.5ms"}
                    {} | {"model":""}
                    {} | null
                    {"model":"m"} | {"model":"m","input":""}
                    {"input":"a"} | {"input":["a"]}
                    {"options":{"seed":1,"top_p":0.5}} | {"options":{"top_p":0.50,"seed":1.0,"stop":null}}
                    {"format":null} | {"format":""}
                    """)
    void h3TheSameRequestInAnotherSpelling(String one, String other) {
        assertThat(key(other)).isEqualTo(key(one));
        assertThat(JsonDifferences.of(document(one), document(other))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m"} | {"model":"m","think":false}
                    {"model":"m"} | {"model":"m","stream":false}
                    {"model":"m"} | {"model":"m","truncate":false}
                    {"model":"m"} | {"model":"m","shift":false}
                    {"model":"m"} | {"model":"m","shift":true}
                    {"model":"m"} | {"model":"m","raw":true}
                    {"model":"m"} | {"model":"m:1b"}
                    {"model":"m"} | {"model":"x/m"}
                    {"model":"m"} | {"model":"m","keep_alive":0}
                    {"keep_alive":300} | {"keep_alive":"5s"}
                    {"keep_alive":300} | {"keep_alive":"300"}
                    {"keep_alive":300} | {"keep_alive":"soon"}
                    {"model":"m"} | {"model":"m","options":{"seed":0}}
                    {"model":"m","options":{"x":1}} | {"model":"m","options":{"x":1,"use_mmap":false}}
                    {"options":{"x":1}} | {"options":{"x":1,"stop":[]}}
                    {"format":{"type":"object"}} | {"format":{"type":"object","additionalProperties":false}}
                    {"messages":[]} | {"messages":[{}]}
                    {"messages":[{"tool_calls":[{"function":{"name":"f","arguments":{"a":0}}}]}]} | {"messages":[{"tool_calls":[{"function":{"name":"f"}}]}]}
                    {"messages":[{"role":"user","content":"x"}]} | {"messages":[{"role":"user","content":"X"}]}
                    {"prompt":"x"} | {"prompt":"y"}
                    {"seed":9007199254740993} | {"seed":9007199254740992}
                    """)
    void h3AnotherRequest(String one, String other) {
        assertThat(key(other)).isNotEqualTo(key(one));
        assertThat(JsonDifferences.of(document(one), document(other))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m"} | {"model":"m","stream":true}
                    {"model":"m"} | {"model":"m","temperature":0}
                    {"model":"m"} | {"model":"m:latest"}
                    """)
    void h3OtherProtocolsHaveOtherDefaults(String one, String other) {
        String path = "/v1/chat/completions";
        assertThat(RequestEquivalence.key(path, Bytes.of(other)))
                .isNotEqualTo(RequestEquivalence.key(path, Bytes.of(one)));
        assertThat(RequestEquivalence.key(path, Bytes.of(one + " ")))
                .isEqualTo(RequestEquivalence.key(path, Bytes.of(one)));
    }

    @Test
    void h3ABaseUrlMayHaveAPath() {
        assertThat(RequestEquivalence.key("/ollama/api/chat?x=1", Bytes.of("{\"stream\":true}")))
                .isEqualTo(RequestEquivalence.key("/api/chat", Bytes.of("{}")));
    }

    private static Object key(String body) {
        return RequestEquivalence.key("/api/chat", Bytes.of(body));
    }

    private static tools.jackson.databind.JsonNode document(String body) {
        return RequestEquivalence.document("/api/chat", WireJson.parse(body));
    }
}
