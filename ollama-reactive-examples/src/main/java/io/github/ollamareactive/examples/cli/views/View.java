// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import reactor.core.publisher.Flux;

/**
 * Displays the events of a call to people.
 *
 * @param <E> the events
 */
@FunctionalInterface
public interface View<E> {
    /**
     * Subscribes and displays all events. Blocks until the call has terminated.
     *
     * @param events the events of a call
     * @throws RuntimeException the failure of the call, after all events before it have been displayed
     */
    void show(Flux<E> events);
}
