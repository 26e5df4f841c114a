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

/** One generation for three: a reader, one that counts words, and one that takes its time. The server is asked once. */
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
            Mono<Long> words =
                    shared.transform(Tokens.words()).ofType(Segment.class).count();
            Mono<Long> slow = shared.delayElements(Duration.ofMillis(20)).count();
            Mono.zip(text, words, slow)
                    .doOnNext(all -> {
                        out.println("the reader:   " + all.getT1());
                        out.println("the counter:  " + all.getT2() + " words");
                        out.println("the slow one: " + all.getT3() + " events, the same");
                        out.println("requests:     " + requests);
                    })
                    .block();
        }
    }
}
