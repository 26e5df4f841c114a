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

    @Override
    public String toString() {
        return method + " " + path;
    }
}
