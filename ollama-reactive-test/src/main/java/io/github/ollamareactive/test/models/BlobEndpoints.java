// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ReceivedRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was uploaded, by digest. */
final class BlobEndpoints {

    private final Map<String, byte[]> stored = new HashMap<>();

    byte @Nullable [] find(String digest) {
        return stored.get(Digest.canonical(digest));
    }

    Answer head(String digest) {
        if (!Digest.isOne(digest)) {
            return Errors.badRequest("invalid digest format");
        }
        boolean there = stored.containsKey(Digest.canonical(digest));
        return there ? Answer.of(200) : Errors.of(404, "blob \"" + digest + "\" not found");
    }

    /** Bytes that are not what they are said to be remain, under their real digest. */
    Answer post(String digest, ReceivedRequest request) {
        if (!Digest.isOne(digest)) {
            return Errors.badRequest("invalid digest format");
        }
        if (stored.containsKey(Digest.canonical(digest))) {
            return Answer.of(200);
        }
        byte[] bytes = request.bodyBytes();
        String real = Digest.of(bytes);
        stored.put(real, bytes);
        return real.equals(digest)
                ? Answer.of(201)
                : Errors.badRequest("digest mismatch, expected \"" + digest + "\", got \"" + real + "\"");
    }
}
