// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import reactor.core.publisher.Flux;

/**
 * Shows the events of one call.
 *
 * @param <E> the events
 */
@FunctionalInterface
public interface View<E> {
    /**
     * Subscribes, and shows events until there are no more.
     *
     * @param events a call
     * @throws RuntimeException the call's failure, when all events before it have been shown
     */
    void show(Flux<E> events);
}
