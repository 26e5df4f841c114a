// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent.Done;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ColumnLayout;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.TextColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;

/**
 * Prints each text with the first values of its vector while the vectors arrive. For several texts it then prints their cosine
 * similarities.
 */
public final class EmbeddingView implements View<EmbeddingEvent> {
    private static final int MAX_LABEL_CHARACTERS = 40;
    private static final int MAX_VALUES = 4;

    private final Output out;
    private final Output err;
    private final List<String> labels;
    private final boolean stats;
    private final List<Vector> vectors = new ArrayList<>();

    /**
     * Creates a view of the vectors of one call.
     *
     * @param out standard output, for the vectors
     * @param err standard error, for the statistics
     * @param texts the embedded texts
     * @param stats whether to print statistics at the end
     */
    public EmbeddingView(Output out, Output err, List<String> texts, boolean stats) {
        this.out = out;
        this.err = err;
        this.labels = labels(texts);
        this.stats = stats;
    }

    private static List<String> labels(List<String> texts) {
        List<String> shortened = texts.stream().map(EmbeddingView::shorten).toList();
        int width = shortened.stream().mapToInt(TextColumns::width).max().orElse(0);
        List<String> labels = new ArrayList<>();
        for (String text : shortened) {
            String number = texts.size() == 1 ? "" : String.format(Locale.ROOT, "%-4d", labels.size() + 1);
            labels.add(number + text + " ".repeat(width - TextColumns.width(text) + 4));
        }
        return labels;
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= MAX_LABEL_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_LABEL_CHARACTERS)) + "…";
    }

    @Override
    public void show(Flux<EmbeddingEvent> events) {
        BlockingEvents.forEach(events, this::print);
    }

    private void print(EmbeddingEvent event) {
        if (event instanceof Vector vector) {
            vectors.add(vector);
            printVector(label(vector.index()), vector.size() + " values: " + firstValues(vector));
        } else {
            if (vectors.size() > 1) {
                printSimilarities();
            }
            printStats((Done) event);
        }
    }

    private void printVector(String label, String values) {
        if (TextColumns.width(label + values) <= out.columns()) {
            out.printLine(label + values);
        } else {
            out.printLine(label.strip());
            out.printLine("    " + values);
        }
    }

    private String label(int index) {
        return index < labels.size() ? labels.get(index) : index + 1 + "    ";
    }

    private static String firstValues(Vector vector) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < Math.min(MAX_VALUES, vector.size()); i++) {
            values.add(String.format(Locale.ROOT, "%.4f", vector.get(i)));
        }
        if (vector.size() > MAX_VALUES) {
            values.add("…");
        }
        return String.join(", ", values);
    }

    private void printSimilarities() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        for (int i = 1; i < vectors.size(); i++) {
            header.add(Integer.toString(i));
            List<String> row = new ArrayList<>(List.of(Integer.toString(i + 1)));
            for (int j = 0; j < i; j++) {
                row.add(String.format(Locale.ROOT, "%.3f", vectors.get(i).cosine(vectors.get(j))));
            }
            rows.add(row);
        }
        out.printLine("");
        out.printLine("cosine similarity");
        ColumnLayout.table(header, rows, out.columns()).forEach(out::printLine);
    }

    private void printStats(Done done) {
        List<String> parts = new ArrayList<>();
        Long tokens = done.promptEvalCount();
        if (tokens != null) {
            parts.add(StatsLine.tokens(tokens));
        }
        Duration duration = done.totalDuration();
        if (duration != null) {
            parts.add(StatsLine.seconds(duration) + " in all");
        }
        if (stats && !parts.isEmpty()) {
            err.printLine(String.join(", ", parts));
        }
    }
}
