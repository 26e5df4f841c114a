// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

/** A method and a path, by which answers are found. */
record Route(String method, String path) {

    static Route by(ReceivedRequest request) {
        return new Route(request.method(), request.path());
    }

    Route withoutQuery() {
        int query = path.indexOf('?');
        return query < 0 ? this : new Route(method, path.substring(0, query));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
