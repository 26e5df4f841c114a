// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** A headless Chromium with one page, driven over its DevTools protocol, with a WebSocket for each command. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LISTENING = "DevTools listening on ws://";
    private static final List<String> OPTIONS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--remote-allow-origins=*",
            "--remote-debugging-port=0");

    private final Process process;
    private final String page;

    private Chromium(Process process, String page) {
        this.process = process;
        this.page = page;
    }

    static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path program, Path profile) throws Exception {
        Stream<String> options =
                Stream.concat(OPTIONS.stream(), Stream.of("--user-data-dir=" + profile, "about:blank"));
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), options).toList());
        // What it puts beside its profile goes away with it.
        builder.environment().put("TMPDIR", profile.toString());
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reading = new Thread(() -> read(process, address), "chromium's words");
        reading.setDaemon(true);
        reading.start();
        String host = address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String targets = HttpClient.create()
                .get()
                .uri("http://" + host + "/json/list")
                .responseContent()
                .aggregate()
                .asString()
                .block(PATIENCE);
        JsonValue page = ((JsonArray) JsonValue.parse(targets))
                .items().stream()
                        .filter(target -> target.get("type").asString().equals("page"))
                        .findFirst()
                        .orElseThrow();
        return new Chromium(process, page.get("webSocketDebuggerUrl").asString());
    }

    /** Reads on after the address: a full pipe would stop the browser. */
    private static void read(Process process, CompletableFuture<String> address) {
        try (BufferedReader words = process.errorReader(UTF_8)) {
            words.lines()
                    .filter(line -> line.startsWith(LISTENING))
                    .map(line -> line.substring(LISTENING.length()).split("/")[0])
                    .forEach(address::complete);
        } catch (Exception e) {
            address.completeExceptionally(e);
        }
    }

    JsonValue command(String method, Map<String, ?> parameters) {
        String command = JsonObject.EMPTY
                .with("id", 1)
                .with("method", method)
                .with("params", parameters)
                .toString();
        return HttpClient.create()
                .websocket()
                .uri(page)
                .handle((in, out) -> out.sendString(Mono.just(command))
                        .then()
                        .thenMany(in.aggregateFrames().receive().asString().take(1)))
                .map(JsonValue::parse)
                .blockFirst(PATIENCE);
    }

    /** What an expression gives, or a promise in the page when it is kept: so nobody has to ask again and again. */
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

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
        all.forEach(one -> one.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> one)
                .join());
    }
}
