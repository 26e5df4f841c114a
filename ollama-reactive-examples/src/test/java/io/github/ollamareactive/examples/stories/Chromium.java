// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one page. */
final class Chromium implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
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
    private final BrowserPage page;

    private Chromium(Process process, BrowserPage page) {
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
        // Temporary files are deleted together with the profile.
        builder.environment().put("TMPDIR", profile.toString());
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, address), "chromium stderr");
        reader.setDaemon(true);
        reader.start();
        String host = address.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        return new Chromium(process, BrowserPage.firstAt(host));
    }

    /** Reads until the end, because a full pipe would block the browser. */
    private static void read(Process process, CompletableFuture<String> address) {
        try (BufferedReader stderr = process.errorReader(UTF_8)) {
            stderr.lines()
                    .filter(line -> line.startsWith(LISTENING))
                    .map(line -> line.substring(LISTENING.length()).split("/")[0])
                    .forEach(address::complete);
        } catch (Exception e) {
            address.completeExceptionally(e);
        }
    }

    BrowserPage page() {
        return page;
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
