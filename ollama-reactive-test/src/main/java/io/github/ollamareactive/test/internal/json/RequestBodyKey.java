// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import io.github.ollamareactive.test.internal.http.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identity of a request's body: its {@linkplain CanonicalJson canonical} document without {@code "stream":true}, which
 * is Ollama's default. The key of a body that is not JSON is the body itself.
 */
public final class RequestBodyKey {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private RequestBodyKey() {}

    public static Object of(Bytes body) {
        try {
            JsonNode document = CanonicalJson.of(JSON.readTree(body.text()));
            if (document instanceof ObjectNode fields && fields.path("stream").asBoolean(false)) {
                fields.remove("stream");
            }
            return document;
        } catch (JacksonException e) {
            return body;
        }
    }
}
