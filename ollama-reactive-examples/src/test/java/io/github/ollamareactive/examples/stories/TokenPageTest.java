// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;

/** The page of the token service in a real page. */
final class TokenPageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String LINE = "{\"model\":\"m\",\"response\":\" again\",\"done\":false}";

    /** A promise that is resolved when the expression is true. The expression is evaluated on each change of the page. */
    private static String resolvedWhen(String expression) {
        return """
                new Promise(done => {
                  const check = () => { if (%s) { observer.disconnect(); done(document.body.innerText); } };
                  const observer = new MutationObserver(check);
                  observer.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
                  check();
                })""".formatted(expression);
    }

    private static void ask(BrowserPage page, String prompt) {
        page.evaluate("element('prompt').focus(), element('prompt').select()");
        page.command("Input.insertText", Map.of("text", prompt));
        page.evaluate("element('ask').click()");
    }

    @Test
    @Timeout(60)
    void pageShowsTokensAndItsButtonStopsTheModel(@TempDir Path profile) throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(
                program.isPresent(),
                "no chromium, chromium-browser or google-chrome on the PATH: the page is not tested");
        try (OllamaTestServer model = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(model.baseUrl());
                Chromium chromium = Chromium.start(program.get(), profile)) {
            BrowserPage page = chromium.page();
            Flux<String> slowLines =
                    Flux.interval(Duration.ofMillis(50)).onBackpressureDrop().map(i -> LINE);
            model.answer(
                    "POST", "/api/generate", Answer.lines(slowLines), Answer.of(Recording.bundled("generate-stream")));
            DisposableServer service = new TokenService(ollama, "m").start(0);
            try {
                page.open("http://127.0.0.1:" + service.port() + "/");
                ask(page, "Go on & <b>on</b>.");
                String shown = page.evaluate(
                        resolvedWhen(
                                "element('answer').childElementCount >= 20 && element('stats').textContent.includes('tokens/s')"));
                assertThat(shown).contains("again again again").containsPattern("\\d+ tokens, [\\d.]+ tokens/s");
                Exchange exchange = model.exchange(0).block(TIMEOUT);
                assertThat(exchange.request().json("prompt")).contains("Go on & <b>on</b>.");

                page.evaluate("element('stop').click()");
                assertThat(exchange.clientGone().block(TIMEOUT))
                        .as("bytes that the server's socket accepted until the page stopped it")
                        .isPositive();

                ask(page, "Why is the sky blue?");
                assertThat(page.evaluate(resolvedWhen("element('stats').textContent.endsWith('stop')")))
                        .contains(" Blue is a color that reflects light.")
                        .contains("19 tokens, 14.4 tokens/s");
                assertThat(model.requests())
                        .as("requests, none of them repeated")
                        .hasSize(2);
            } finally {
                service.disposeNow();
            }
        }
    }
}
