// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.protocol.OllamaEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * Who watches responses. What a hook throws goes to Reactor's hook for dropped errors: it must not hide the answer.
 *
 * @param heads hears of the head of each response; null for nobody
 * @param events hears of each event; null for nobody
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
        void head(String endpoint, int status, Map<String, List<String>> headers);
    }

    void head(String endpoint, HttpClientResponse head) {
        HeadHook hook = heads;
        if (hook != null) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            head.responseHeaders()
                    .names()
                    .forEach(name -> headers.put(name, head.responseHeaders().getAll(name)));
            quietly(() -> hook.head(endpoint, head.status().code(), headers));
        }
    }

    void event(String endpoint, Object event) {
        BiConsumer<String, OllamaEvent> hook = events;
        if (hook != null && event instanceof OllamaEvent known) {
            quietly(() -> hook.accept(endpoint, known));
        }
    }

    private static void quietly(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            Operators.onErrorDropped(e, Context.empty());
        }
    }
}
