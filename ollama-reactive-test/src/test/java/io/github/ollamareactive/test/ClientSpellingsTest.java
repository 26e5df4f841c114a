// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.RequestBodyKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bodies are the same request in the spellings of several clients. */
class ClientSpellingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m"} | {"model":"m","suffix":"","system":"","template":"","raw":false,"stream":true,"options":{}}
                    {"model":"m"} | {"name":"m"}
                    {"model":"m"} | {"name":"m","model":""}
                    {"model":"m"} | {"name":"m","model":"m"}
                    {"model":"m"} | {"model":"m","name":"","username":"","password":"","insecure":false}
                    {"model":"m","messages":[{"role":"user","content":"x"}]} | {"model":"m","messages":[{"role":"user","content":"x","thinking":"","images":null}]}
                    {"keep_alive":0} | {"keep_alive":"0s"}
                    {"keep_alive":0} | {"keep_alive":"0"}
                    {"keep_alive":-1} | {"keep_alive":"2562047h47m16.854775807s"}
                    {"keep_alive":-1} | {"keep_alive":"-1m"}
                    {"keep_alive":300} | {"keep_alive":"5m0s"}
                    {} | {"model":""}
                    {"model":"m"} | {"model":"m","input":""}
                    """)
    void h3TheSameRequestInAnotherSpelling(String one, String other) {
        assertThat(key(other)).isEqualTo(key(one));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m"} | {"model":"m","think":false}
                    {"model":"m"} | {"model":"m","stream":false}
                    {"model":"m"} | {"model":"m","truncate":false}
                    {"model":"m"} | {"model":"m","shift":false}
                    {"model":"m"} | {"model":"m","raw":true}
                    {"model":"m"} | {"model":"m","name":"n"}
                    {"model":"m"} | {"model":"m","keep_alive":0}
                    {"keep_alive":300} | {"keep_alive":"5s"}
                    {"keep_alive":300} | {"keep_alive":"soon"}
                    {"model":"m"} | {"model":"m","options":{"seed":0}}
                    {"model":"m","options":{"x":1}} | {"model":"m","options":{"x":1,"use_mmap":false}}
                    {"format":{"type":"object"}} | {"format":{"type":"object","additionalProperties":false}}
                    {"prompt":"x"} | {"prompt":"y"}
                    """)
    void h3AnotherRequest(String one, String other) {
        assertThat(key(other)).isNotEqualTo(key(one));
    }

    private static Object key(String body) {
        return RequestBodyKey.of(Bytes.of(body));
    }
}
