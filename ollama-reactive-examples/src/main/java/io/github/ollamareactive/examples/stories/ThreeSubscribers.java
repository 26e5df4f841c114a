// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.stories;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Aggregate.Segment;
import io.github.ollamareactive.operators.Tokens;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Shares one generation among three subscribers: one joins the text, one counts words, one is slow. The server receives one
 * request.
 */
public final class ThreeSubscribers {
    private ThreeSubscribers() {}

    public static void main(String[] args) {
        run(OllamaClientConfig.fromEnvironment(), System.out);
    }

    static void run(OllamaClientConfig config, PrintStream out) {
        AtomicInteger requests = new AtomicInteger();
        OllamaClientConfig counting =
                config.httpClient(http -> http.doOnRequest((request, connection) -> requests.incrementAndGet()));
        try (OllamaClient ollama = OllamaClient.create(counting)) {
            Flux<GenerationEvent> shared = ollama.generate(GenerateRequest.of("gemma3:270m", "Why is the sky blue?"))
                    .transform(Tokens::shared);
            Mono<String> text = shared.as(Tokens::join).map(String::strip);
            Mono<Long> wordCount =
                    shared.transform(Tokens.words()).ofType(Segment.class).count();
            Mono<Long> slowCount = shared.delayElements(Duration.ofMillis(20)).count();
            Mono.zip(text, wordCount, slowCount)
                    .doOnNext(results -> {
                        out.println("the reader:   " + results.getT1());
                        out.println("the counter:  " + results.getT2() + " words");
                        out.println("the slow one: " + results.getT3() + " events, the same");
                        out.println("requests:     " + requests);
                    })
                    .block();
        }
    }
}
