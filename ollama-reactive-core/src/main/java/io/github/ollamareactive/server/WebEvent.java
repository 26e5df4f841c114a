// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a web search or web fetch call. A field that the server omits is null. */
public sealed interface WebEvent extends OllamaEvent {

    /**
     * A result of a search.
     *
     * @param title the page's title
     * @param url the page's URL
     * @param content the text found on it
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Result(
            @Nullable String title,
            @Nullable String url,
            @Nullable String content,
            JsonObject extras) implements WebEvent {
        /**
         * Without unknown fields.
         *
         * @param title see the record
         * @param url see the record
         * @param content see the record
         */
        public Result(@Nullable String title, @Nullable String url, @Nullable String content) {
            this(title, url, content, JsonObject.EMPTY);
        }
    }

    /**
     * A page that was fetched.
     *
     * @param title its title
     * @param content its text
     * @param links the URLs that it links to
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Page(
            @Nullable String title,
            @Nullable String content,
            @Nullable List<String> links,
            JsonObject extras) implements WebEvent {
        /**
         * Copies the list.
         *
         * @param title see the record
         * @param content see the record
         * @param links see the record
         * @param extras see the record
         */
        public Page {
            links = links == null ? null : List.copyOf(links);
        }
    }
}
