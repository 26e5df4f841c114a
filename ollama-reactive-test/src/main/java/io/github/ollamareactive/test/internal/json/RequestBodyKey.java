// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import io.github.ollamareactive.test.internal.http.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The identity of a request's body: its {@linkplain CanonicalJson canonical} {@linkplain RequestDocument document}. The key of a body that is not JSON is the body itself.
 */
public final class RequestBodyKey {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private RequestBodyKey() {}

    public static Object of(Bytes body) {
        try {
            return CanonicalJson.of(RequestDocument.of(JSON.readTree(body.text())));
        } catch (JacksonException e) {
            return body;
        }
    }
}
