// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

/** A method and a path, by which answers are found. */
record Asked(String method, String path) {

    static Asked by(ReceivedRequest request) {
        return new Asked(request.method(), request.path());
    }

    Asked withoutQuery() {
        int query = path.indexOf('?');
        return query < 0 ? this : new Asked(method, path.substring(0, query));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
