// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ColumnLayout;
import io.github.ollamareactive.examples.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Prints events as a table with one row per event, after all of them have arrived.
 *
 * @param <E> the events
 */
public final class TableView<E> implements View<E> {
    private final Output out;
    private final List<String> header;
    private final Function<E, List<String>> formatter;

    /**
     * Creates a view of one table.
     *
     * @param out standard output
     * @param header the names of the columns
     * @param formatter formats the cells of an event's row
     */
    public TableView(Output out, List<String> header, Function<E, List<String>> formatter) {
        this.out = out;
        this.header = header;
        this.formatter = formatter;
    }

    @Override
    public void show(Flux<E> events) {
        List<List<String>> rows = new ArrayList<>();
        BlockingEvents.forEach(events, event -> rows.add(formatter.apply(event)));
        ColumnLayout.table(header, rows, out.columns()).forEach(out::printLine);
    }
}
