// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.json.WireJson;
import java.time.Duration;

/** Refusals and failures of a server, with the status and message of a real one. */
public final class Errors {

    private Errors() {}

    /**
     * A status with {@code {"error":…}}.
     *
     * @param status the status code
     * @param message the value of {@code error}
     * @return the answer
     */
    public static Answer of(int status, String message) {
        return Answer.json(status, WireJson.text(WireJson.object().put("error", message)));
    }

    /**
     * The model is not installed: 404. The message depends on the endpoint: embed, embeddings and copy quote the name
     * differently.
     *
     * @param model the name as sent
     * @return the answer
     */
    public static Answer modelNotFound(String model) {
        return Answer.to(
                request -> of(404, notFound(request.route().withoutQuery().path(), model)));
    }

    private static String notFound(String path, String model) {
        if (path.startsWith("/api/embed")) {
            return "model \"" + model + "\" not found, try pulling it first";
        }
        return path.equals("/api/copy") ? "model \"" + model + "\" not found" : "model '" + model + "' not found";
    }

    /**
     * The request names no model: 400 {@code model is required}.
     *
     * @return the answer
     */
    public static Answer modelRequired() {
        return of(400, "model is required");
    }

    /**
     * The model's name has invalid syntax: 400 {@code invalid model name}.
     *
     * @return the answer
     */
    public static Answer invalidModelName() {
        return of(400, "invalid model name");
    }

    /**
     * The model lacks a capability: 400.
     *
     * @param model the name as sent
     * @param capability such as {@code generate} or {@code thinking}
     * @return the answer
     */
    public static Answer unsupported(String model, String capability) {
        return of(400, "\"" + model + "\" does not support " + capability);
    }

    /**
     * The model does not make embeddings: 501.
     *
     * @return the answer
     */
    public static Answer embeddingsUnsupported() {
        return of(501, "this model does not support embeddings");
    }

    /**
     * The request is invalid in another way: 400.
     *
     * @param message the value of {@code error}
     * @return the answer
     */
    public static Answer badRequest(String message) {
        return of(400, message);
    }

    /**
     * The user is not signed in: 401 with the URL of a page to sign in.
     *
     * @param signinUrl the URL
     * @return the answer
     */
    public static Answer unauthorized(String signinUrl) {
        return Answer.json(
                401,
                WireJson.text(WireJson.object().put("error", "unauthorized").put("signin_url", signinUrl)));
    }

    /**
     * The user is not signed in: 401 without a URL.
     *
     * @return the answer
     */
    public static Answer unauthorized() {
        return of(401, "unauthorized");
    }

    /**
     * The request's host or origin is not allowed: 403 with an empty body.
     *
     * @return the answer
     */
    public static Answer forbidden() {
        return Answer.of(403);
    }

    /**
     * The user's limit is exceeded: 429, as the cloud answers.
     *
     * @param retryAfter the {@code Retry-After}, sent in whole seconds
     * @return the answer
     */
    public static Answer rateLimited(Duration retryAfter) {
        return of(429, "too many requests").header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /**
     * The server's queue is full: 503.
     *
     * @return the answer
     */
    public static Answer overloaded() {
        return of(503, "server busy, please try again.  maximum pending requests exceeded");
    }

    /**
     * An internal error: 500.
     *
     * @param message the value of {@code error}
     * @return the answer
     */
    public static Answer serverError(String message) {
        return of(500, message);
    }

    /**
     * The server cannot reach the cloud: 502.
     *
     * @param message the value of {@code error}
     * @return the answer
     */
    public static Answer badGateway(String message) {
        return of(502, message);
    }

    /**
     * An HTML page, as a reverse proxy sends it.
     *
     * @param status the status code, such as 502
     * @return the answer
     */
    public static Answer htmlPage(int status) {
        return Answer.of(status)
                .contentType("text/html")
                .body("<html>\r\n<head><title>" + status + "</title></head>\r\n<body>\r\n<center><h1>" + status
                        + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    }

    /**
     * A redirect.
     *
     * @param status the status code, such as 307
     * @param location the target
     * @return the answer
     */
    public static Answer redirect(int status, String location) {
        return Answer.of(status).header("Location", location);
    }

    /**
     * The path does not exist: 404 in plain text.
     *
     * @return the answer
     */
    public static Answer unknownPath() {
        return Answer.of(404).contentType("text/plain").body("404 page not found");
    }

    /**
     * The path does not support the method: 405 in plain text.
     *
     * @param allowed the methods that it supports
     * @return the answer
     */
    public static Answer wrongMethod(String allowed) {
        return Answer.of(405).header("Allow", allowed).contentType("text/plain").body("405 method not allowed");
    }
}
