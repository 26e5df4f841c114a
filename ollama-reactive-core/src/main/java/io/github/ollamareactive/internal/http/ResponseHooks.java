// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.protocol.OllamaEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * Who watches responses. What a hook throws goes to Reactor's hook for dropped errors: it must not hide the answer.
 *
 * @param heads hears of the head of each response; null for nobody
 * @param events hears of each event and of its endpoint; null for nobody
 */
public record ResponseHooks(
        @Nullable HeadHook heads, @Nullable BiConsumer<String, OllamaEvent> events) {

    /** Hears of the head of a response. */
    public interface HeadHook {
        /**
         * A response begins.
         *
         * @param endpoint the method and the path of the call
         * @param status the status code
         * @param headers all headers
         */
        void begins(String endpoint, int status, Map<String, List<String>> headers);
    }

    void head(String endpoint, HttpClientResponse head) {
        HeadHook hook = heads;
        if (hook != null) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            head.responseHeaders()
                    .names()
                    .forEach(name -> headers.put(name, head.responseHeaders().getAll(name)));
            quietly(() -> hook.begins(endpoint, head.status().code(), headers));
        }
    }

    <T> Flux<T> watch(String endpoint, Flux<T> answer) {
        BiConsumer<String, OllamaEvent> hook = events;
        return hook == null
                ? answer
                : answer.doOnNext(event -> quietly(() -> hook.accept(endpoint, (OllamaEvent) event)));
    }

    private static void quietly(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            Operators.onErrorDropped(e, Context.empty());
        }
    }
}
