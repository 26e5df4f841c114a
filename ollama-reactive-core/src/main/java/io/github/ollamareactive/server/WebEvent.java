// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

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
     */
    record Result(
            @Nullable String title,
            @Nullable String url,
            @Nullable String content) implements WebEvent {}

    /**
     * A page that was fetched.
     *
     * @param title its title
     * @param content its text
     * @param links the URLs that it links to
     */
    record Page(
            @Nullable String title,
            @Nullable String content,
            @Nullable List<String> links) implements WebEvent {
        /**
         * Copies the list.
         *
         * @param title see the record
         * @param content see the record
         * @param links see the record
         */
        public Page {
            links = links == null ? null : List.copyOf(links);
        }
    }
}
