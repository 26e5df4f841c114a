// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.http;

import static java.util.Objects.requireNonNull;

/**
 * The method and path of a request.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param path the path, with its query if it has one
 */
public record Route(String method, String path) {

    /** The beginning of the paths of the control API. */
    public static final String CONTROL = "/control/";

    /** Rejects nulls by name. */
    public Route {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
    }

    /** This route without the query of its path. */
    public Route withoutQuery() {
        int query = path.indexOf('?');
        return query < 0 ? this : new Route(method, path.substring(0, query));
    }

    /** Whether this is the control API of scripts, which is about the server and not a part of what it plays. */
    public boolean isControl() {
        return path.startsWith(CONTROL);
    }

    /** Whether a blob is uploaded or looked for. The path has the digest of its bytes. */
    public boolean isBlob() {
        return path.contains("/api/blobs/");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
