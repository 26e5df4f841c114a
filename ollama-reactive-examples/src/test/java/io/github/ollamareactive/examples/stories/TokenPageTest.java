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

/** The page in a real browser. */
final class TokenPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LINE = "{\"model\":\"m\",\"response\":\" again\",\"done\":false}";

    /** A promise that is kept when the expression is true, looked at whenever the page changes. */
    private static String when(String expression) {
        return """
                new Promise(done => {
                  const look = () => { if (%s) { observer.disconnect(); done(document.body.innerText); } };
                  const observer = new MutationObserver(look);
                  observer.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
                  look();
                })""".formatted(expression);
    }

    private static void ask(Page browser, String prompt) {
        browser.evaluate("at('prompt').focus(), at('prompt').select()");
        browser.command("Input.insertText", Map.of("text", prompt));
        browser.evaluate("at('ask').click()");
    }

    @Test
    @Timeout(60)
    void tokensComeAndTheButtonStopsTheModel(@TempDir Path profile) throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(
                program.isPresent(),
                "no chromium, chromium-browser or google-chrome on the PATH: the page isn't tested");
        try (OllamaTestServer model = OllamaTestServer.start();
                OllamaClient ollama = OllamaClient.create(model.baseUrl());
                Chromium chromium = Chromium.start(program.get(), profile)) {
            Page browser = chromium.page();
            Flux<String> slowly =
                    Flux.interval(Duration.ofMillis(50)).onBackpressureDrop().map(i -> LINE);
            model.answer(
                    "POST", "/api/generate", Answer.lines(slowly), Answer.of(Recording.bundled("generate-stream")));
            DisposableServer service = new TokenService(ollama, "m").start(0);
            try {
                browser.open("http://127.0.0.1:" + service.port() + "/");
                ask(browser, "Go on & <b>on</b>.");
                String shown = browser.evaluate(
                        when("at('answer').childElementCount >= 20 && at('numbers').textContent.includes('tokens/s')"));
                assertThat(shown).contains("again again again").containsPattern("\\d+ tokens, [\\d.]+ tokens/s");
                Exchange exchange = model.exchange(0).block(PATIENCE);
                assertThat(exchange.request().json("prompt")).contains("Go on & <b>on</b>.");

                browser.evaluate("at('stop').click()");
                assertThat(exchange.clientGone().block(PATIENCE))
                        .as("the model's socket when the page had stopped it")
                        .isPositive();

                ask(browser, "Why is the sky blue?");
                assertThat(browser.evaluate(when("at('numbers').textContent.endsWith('stop')")))
                        .contains(" Blue is a color that reflects light.")
                        .contains("19 tokens, 14.4 tokens/s");
                assertThat(model.requests()).as("nothing is asked twice").hasSize(2);
            } finally {
                service.disposeNow();
            }
        }
    }
}
