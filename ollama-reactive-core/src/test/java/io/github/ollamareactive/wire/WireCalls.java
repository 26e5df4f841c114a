// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** The calls that the tables of wire cases name: each of the {@link WireRequests}, and the calls that take no request. */
final class WireCalls {
    private static final Map<String, Function<OllamaClient, Flux<?>>> BY_NAME = new LinkedHashMap<>();

    static {
        WireRequests.byName().forEach((name, request) -> BY_NAME.put(name, client -> send(client, request)));
        BY_NAME.put("unload", client -> client.unload("m"));
        BY_NAME.put("copy", client -> client.copy("m", "n"));
        BY_NAME.put("delete", client -> client.delete("m"));
        BY_NAME.put("webFetch", client -> client.webFetch("https://a"));
        BY_NAME.put("models", OllamaClient::models);
        BY_NAME.put("running", OllamaClient::running);
        BY_NAME.put("version", OllamaClient::version);
        BY_NAME.put("alive", OllamaClient::alive);
        BY_NAME.put("status", OllamaClient::status);
        BY_NAME.put("me", OllamaClient::me);
    }

    private WireCalls() {}

    static Function<OllamaClient, Flux<?>> call(String name) {
        return Objects.requireNonNull(BY_NAME.get(name), () -> "no call is called " + name);
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    @SuppressWarnings("deprecation")
    private static Flux<?> send(OllamaClient client, RequestFields<?> request) {
        if (request instanceof ChatRequest chat) {
            return client.chat(chat);
        } else if (request instanceof GenerateRequest generate) {
            return client.generate(generate);
        } else if (request instanceof LoadRequest load) {
            return client.load(load);
        } else if (request instanceof EmbedRequest embed) {
            return client.embed(embed);
        } else if (request instanceof EmbeddingsRequest embeddings) {
            return client.embeddings(embeddings);
        } else if (request instanceof PullRequest pull) {
            return client.pull(pull);
        } else if (request instanceof PushRequest push) {
            return client.push(push);
        } else if (request instanceof ShowRequest show) {
            return client.show(show);
        } else if (request instanceof CreateRequest create) {
            return client.create(create);
        }
        return client.webSearch((WebSearchRequest) request);
    }
}
