// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.internal.models.Digest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of blobs, and the blobs uploaded to them. */
final class BlobEndpoints {

    static final String PATH = "/api/blobs/";

    private final Map<String, Blob> stored = new HashMap<>();

    /** What a creation asks of a blob. Its bytes are not kept. */
    record Blob(long size, boolean gguf) {
        static Blob of(ReceivedRequest request) {
            return new Blob(request.bodyLength(), request.body().startsWith("GGUF"));
        }
    }

    @Nullable
    Blob find(String digest) {
        return stored.get(Digest.canonical(digest));
    }

    Answer answer(ReceivedRequest request, String path) {
        String digest = path.substring(PATH.length());
        return switch (request.method()) {
            case "HEAD" -> head(digest);
            case "POST" -> post(digest, request);
            default -> Errors.wrongMethod("HEAD, POST");
        };
    }

    private Answer head(String digest) {
        if (!Digest.isValid(digest)) {
            return Errors.badRequest("invalid digest format");
        }
        return find(digest) != null ? Answer.of(200) : Errors.of(404, "blob \"" + digest + "\" not found");
    }

    /** Stores a blob under its real digest, even if the request named another one and is refused. */
    private Answer post(String digest, ReceivedRequest request) {
        if (!Digest.isValid(digest)) {
            return Errors.badRequest("invalid digest format");
        }
        if (find(digest) != null) {
            return Answer.of(200);
        }
        String real = request.bodyDigest();
        stored.put(real, Blob.of(request));
        return real.equals(digest)
                ? Answer.of(201)
                : Errors.badRequest("digest mismatch, expected \"" + digest + "\", got \"" + real + "\"");
    }
}
