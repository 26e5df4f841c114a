// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Controls a server over HTTP, so that tests in any language can. The paths are those of no Ollama:
 *
 * <ul>
 *   <li>{@code POST /control/expect}: a {@link ServerScript}, or one of its expectations alone
 *   <li>{@code GET /control/requests}: {@code {"requests":[{"method","path","bytes","body"}]}}, in order of arrival, without
 *       those to the control API
 *   <li>{@code GET /control/verify}: 200, or 409 with the error of {@link OllamaTestServer#verify()}
 *   <li>{@code POST /control/reset}: forgets requests, expectations and answers, and sets the server up again
 * </ul>
 *
 * <p>Errors are {@code {"error":"…"}} with status 400. Whoever reaches the server's port reaches these paths.
 */
public final class ControlApi {

    /** The beginning of all paths. */
    public static final String PATH = Route.CONTROL;

    private final OllamaTestServer server;
    private final Consumer<OllamaTestServer> setup;

    private ControlApi(OllamaTestServer server, Consumer<OllamaTestServer> setup) {
        this.server = server;
        this.setup = setup;
    }

    /**
     * Sets a server up and adds the control API.
     *
     * @param server the server
     * @param setup declares the server's answers; called now and after each reset
     * @return the server
     */
    public static OllamaTestServer addTo(OllamaTestServer server, Consumer<OllamaTestServer> setup) {
        new ControlApi(server, requireNonNull(setup, "setup")).install();
        return server;
    }

    private void install() {
        setup.accept(server);
        endpoint("POST", "GET", "expect", this::expect);
        endpoint("GET", "POST", "requests", request -> requests());
        endpoint("GET", "POST", "verify", request -> verify());
        endpoint("POST", "GET", "reset", request -> reset());
    }

    private void endpoint(String method, String other, String name, Function<ReceivedRequest, Answer> answer) {
        server.answer(method, PATH + name, Answer.to(answer));
        server.answer(other, PATH + name, Errors.wrongMethod(method));
    }

    private Answer expect(ReceivedRequest request) {
        try {
            ServerScript.parseScriptOrExpectation("the request's body", request.body())
                    .applyTo(server);
            return Answer.json(200, "{}");
        } catch (IllegalArgumentException e) {
            return Errors.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private Answer requests() {
        ObjectNode document = WireJson.object();
        ArrayNode requests = document.putArray("requests");
        for (ReceivedRequest request : server.requests()) {
            if (!new Route(request.method(), request.path()).isControl()) {
                requests.add(json(request));
            }
        }
        return Answer.json(200, WireJson.text(document));
    }

    private static ObjectNode json(ReceivedRequest request) {
        ObjectNode json = WireJson.object()
                .put("method", request.method())
                .put("path", request.path())
                .put("bytes", request.bodyLength());
        String body = request.body();
        var document = WireJson.parse(body);
        if (!document.isMissingNode()) {
            json.set("body", document);
        } else if (!body.isEmpty()) {
            json.put("body", body);
        }
        return json;
    }

    private Answer verify() {
        try {
            server.verify();
            return Answer.json(200, "{}");
        } catch (AssertionError e) {
            return Errors.of(409, String.valueOf(e.getMessage()));
        }
    }

    private Answer reset() {
        server.reset();
        install();
        return Answer.json(200, "{}");
    }
}
