// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;

/** What a server refuses, with the status and in the words of a real one. */
public final class Errors {

    private Errors() {}

    /**
     * A status with {@code {"error":…}}.
     *
     * @param status the status code
     * @param words the words
     * @return the answer
     */
    public static Answer of(int status, String words) {
        return Answer.json(status, WireJson.text(WireJson.object().put("error", words)));
    }

    /**
     * The model is not installed: 404. embed, embeddings and copy quote its name differently, and so does this.
     *
     * @param model the name as sent
     * @return the answer
     */
    public static Answer modelNotFound(String model) {
        return Answer.to(
                request -> of(404, notFound(Route.by(request).withoutQuery().path(), model)));
    }

    private static String notFound(String path, String model) {
        if (path.startsWith("/api/embed")) {
            return "model \"" + model + "\" not found, try pulling it first";
        }
        return path.equals("/api/copy") ? "model \"" + model + "\" not found" : "model '" + model + "' not found";
    }

    /**
     * No model was named: 400 {@code model is required}.
     *
     * @return the answer
     */
    public static Answer modelRequired() {
        return of(400, "model is required");
    }

    /**
     * The name is none: 400 {@code invalid model name}.
     *
     * @return the answer
     */
    public static Answer invalidModelName() {
        return of(400, "invalid model name");
    }

    /**
     * The model cannot do this: 400.
     *
     * @param model the name as sent
     * @param ability such as {@code generate} or {@code thinking}
     * @return the answer
     */
    public static Answer unsupported(String model, String ability) {
        return of(400, "\"" + model + "\" does not support " + ability);
    }

    /**
     * An embedding of a model that makes none: 501.
     *
     * @return the answer
     */
    public static Answer embeddingsUnsupported() {
        return of(501, "this model does not support embeddings");
    }

    /**
     * Another mistake in the request: 400.
     *
     * @param words the words
     * @return the answer
     */
    public static Answer badRequest(String words) {
        return of(400, words);
    }

    /**
     * Not signed in: 401 with the page to do so.
     *
     * @param signinUrl the page
     * @return the answer
     */
    public static Answer unauthorized(String signinUrl) {
        return Answer.json(
                401,
                WireJson.text(WireJson.object().put("error", "unauthorized").put("signin_url", signinUrl)));
    }

    /**
     * Not signed in: 401 without a page.
     *
     * @return the answer
     */
    public static Answer unauthorized() {
        return of(401, "unauthorized");
    }

    /**
     * Host or origin refused: 403 with an empty body.
     *
     * @return the answer
     */
    public static Answer forbidden() {
        return Answer.of(403);
    }

    /**
     * Too many requests, as the cloud answers: 429.
     *
     * @param retryAfter the {@code Retry-After}, in whole seconds
     * @return the answer
     */
    public static Answer rateLimited(Duration retryAfter) {
        return of(429, "you have reached your usage limit, please try again later")
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /**
     * The queue is full: 503.
     *
     * @return the answer
     */
    public static Answer overloaded() {
        return of(503, "server busy, please try again.  maximum pending requests exceeded");
    }

    /**
     * Something failed in the server: 500.
     *
     * @param words the words
     * @return the answer
     */
    public static Answer serverError(String words) {
        return of(500, words);
    }

    /**
     * The cloud cannot be reached: 502.
     *
     * @param words the words
     * @return the answer
     */
    public static Answer badGateway(String words) {
        return of(502, words);
    }

    /**
     * A page of something in between that is no Ollama.
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
     * The way is another.
     *
     * @param status the status code, such as 307
     * @param location where to
     * @return the answer
     */
    public static Answer redirect(int status, String location) {
        return Answer.of(status).header("Location", location);
    }

    /**
     * There is no such path: 404 in plain text.
     *
     * @return the answer
     */
    public static Answer unknownPath() {
        return Answer.of(404).contentType("text/plain").body("404 page not found");
    }

    /**
     * The path has another method: 405 in plain text.
     *
     * @param allowed the methods there are
     * @return the answer
     */
    public static Answer wrongMethod(String allowed) {
        return Answer.of(405).header("Allow", allowed).contentType("text/plain").body("405 method not allowed");
    }
}
