// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.examples.papers.JavaSource;
import io.github.ollamareactive.examples.papers.MarkdownPage;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The recipe for server-sent events in {@code docs/streaming.md}, in a browser. */
final class StreamingGuideTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String[] TOKENS = {"Because", " of", " Rayleigh", "\n", " scattering."};

    private static String evaluated(Flux<String> frames, String script, AtomicInteger requests, Path profile)
            throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "no chromium, chromium-browser or google-chrome on the PATH");
        DisposableServer service = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                                "/",
                                (request, response) -> response.header("Content-Type", "text/html")
                                        .sendString(Mono.just("<!DOCTYPE html><pre id=answer></pre>")))
                        .get("/events", (request, response) -> {
                            requests.incrementAndGet();
                            return response.sse().sendString(frames, java.nio.charset.StandardCharsets.UTF_8);
                        }))
                .bindNow(TIMEOUT);
        try (Chromium chromium = Chromium.start(program.get(), profile)) {
            BrowserPage page = chromium.page();
            page.open("http://127.0.0.1:" + service.port() + "/");
            return page.evaluate(script);
        } finally {
            service.disposeNow();
        }
    }

    @Test
    @Timeout(90)
    void j1TheRecipeKeepsBlanksAndAsksOnce(@TempDir Path classes, @TempDir Path profile) throws Exception {
        MarkdownPage page = MarkdownPage.read(Path.of("..", "docs", "streaming.md"));
        assertThat(JavaSource.compile(page.blocks("java").get(0), classes)).isEmpty();
        AtomicInteger requests = new AtomicInteger();
        try (OllamaTestServer model = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(model.baseUrl());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            model.answer("POST", "/api/chat", Answer.tokens(TOKENS));
            Class<?> type = loader.loadClass("TokenEvents");
            Object events = type.getConstructor(OllamaClient.class).newInstance(ollama);
            @SuppressWarnings("unchecked")
            Flux<String> frames = (Flux<String>)
                    type.getMethod("of", String.class, String.class).invoke(events, "m", "Why is the sky blue?");
            // The browser would connect again after 3 seconds; the last event closes the source, so it can't.
            String shown = evaluated(
                    frames,
                    "new Promise(done => { const answer = document.getElementById('answer');\n"
                            + page.blocks("javascript").get(0)
                            + "\nsource.addEventListener('done', () => done(answer.textContent + source.readyState)); })",
                    requests,
                    profile);
            assertThat(shown).contains("Because of Rayleigh\\n scattering.2");
            assertThat(requests).hasValue(1);
            assertThat(model.requests()).hasSize(1);
        }
    }

    @Test
    @Timeout(90)
    void j1PlainTokensLoseBlanksAndAreAskedForAgain(@TempDir Path profile) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        String shown = evaluated(
                Flux.just("retry: 10\n\n", "data:Because\n\n", "data: of\n\n", "data: Rayleigh\n\n"),
                "new Promise(done => { let text = '', ends = 0; const source = new EventSource('/events');"
                        + " source.onmessage = event => { if (ends == 0) text += event.data; };"
                        + " source.onerror = () => { if (++ends == 2) { source.close(); done(text); } }; })",
                requests,
                profile);
        assertThat(shown).contains("BecauseofRayleigh");
        assertThat(requests.get()).isGreaterThanOrEqualTo(2);
    }
}
