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
 * A table with a row an event.
 *
 * @param <E> the events
 */
public final class TableView<E> implements View<E> {
    private final Output out;
    private final List<String> header;
    private final Function<E, List<String>> row;

    /**
     * Shows a table.
     *
     * @param out where to
     * @param header the columns' names
     * @param row an event's cells
     */
    public TableView(Output out, List<String> header, Function<E, List<String>> row) {
        this.out = out;
        this.header = header;
        this.row = row;
    }

    @Override
    public void show(Flux<E> events) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header);
        BlockingEvents.forEach(events, event -> rows.add(row.apply(event)));
        ColumnLayout.lines(rows).forEach(out::line);
    }
}
