// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the web said. What the wire leaves out is null. */
public sealed interface WebEvent extends OllamaEvent {

    /**
     * A result of a search.
     *
     * @param title the page's title
     * @param url where it is
     * @param content what it says
     */
    record Result(
            @Nullable String title,
            @Nullable String url,
            @Nullable String content) implements WebEvent {}

    /**
     * A page that was fetched.
     *
     * @param title its title
     * @param content what it says
     * @param links where it leads to
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
