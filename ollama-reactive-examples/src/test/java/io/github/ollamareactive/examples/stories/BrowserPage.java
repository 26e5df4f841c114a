// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** A page of a browser, controlled by Chromium's DevTools protocol. Each command uses its own WebSocket. */
record BrowserPage(String socketUrl) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    static BrowserPage firstAt(String host) {
        String targets = HttpClient.create()
                .get()
                .uri("http://" + host + "/json/list")
                .responseContent()
                .aggregate()
                .asString()
                .block(TIMEOUT);
        return ((JsonArray) JsonValue.parse(targets))
                .items().stream()
                        .filter(target -> target.get("type").asString().equals("page"))
                        .map(target -> new BrowserPage(
                                target.get("webSocketDebuggerUrl").asString()))
                        .findFirst()
                        .orElseThrow();
    }

    JsonValue command(String method, Map<String, ?> parameters) {
        String command = JsonObject.EMPTY
                .with("id", 1)
                .with("method", method)
                .with("params", parameters)
                .toString();
        return HttpClient.create()
                .websocket()
                .uri(socketUrl)
                .handle((in, out) -> out.sendString(Mono.just(command))
                        .then()
                        .thenMany(in.aggregateFrames().receive().asString().take(1)))
                .map(JsonValue::parse)
                .blockFirst(TIMEOUT);
    }

    /** Evaluates an expression. If its value is a promise, waits until it is resolved, so that callers need not poll. */
    String evaluate(String expression) {
        JsonValue reply = command(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (reply.get("result").get("exceptionDetails") != null) {
            throw new AssertionError(reply.toString());
        }
        JsonValue value = reply.get("result").get("result").get("value");
        return value == null ? "" : value.toString();
    }

    void open(String url) {
        command("Page.navigate", Map.of("url", url));
        evaluate("new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))");
    }
}
