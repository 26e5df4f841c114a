// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingEvent.Done;
import io.github.ollamareactive.embedding.EmbeddingEvent.Vector;
import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ColumnLayout;
import io.github.ollamareactive.examples.cli.output.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;

/** Texts with the beginnings of their vectors, as they come; of several texts also how alike they are. */
public final class EmbeddingView implements View<EmbeddingEvent> {
    private static final int TEXT_WIDTH = 40;
    private static final int BEGINNING = 4;

    private final Output out;
    private final Output err;
    private final List<String> labels;
    private final boolean stats;
    private final List<Vector> vectors = new ArrayList<>();

    /**
     * Shows the vectors of some texts.
     *
     * @param out where to
     * @param err where the numbers go
     * @param texts the texts
     * @param stats whether the numbers are told at the end
     */
    public EmbeddingView(Output out, Output err, List<String> texts, boolean stats) {
        this.out = out;
        this.err = err;
        this.labels = labels(texts);
        this.stats = stats;
    }

    private static List<String> labels(List<String> texts) {
        List<String> shown = texts.stream().map(EmbeddingView::beginning).toList();
        int width = shown.stream().mapToInt(EmbeddingView::width).max().orElse(0);
        List<String> labels = new ArrayList<>();
        for (String text : shown) {
            String number = texts.size() == 1 ? "" : String.format(Locale.ROOT, "%-4d", labels.size() + 1);
            labels.add(number + text + " ".repeat(width - width(text) + 4));
        }
        return labels;
    }

    private static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= TEXT_WIDTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TEXT_WIDTH)) + "…";
    }

    /** How many columns a text takes: East Asian characters and pictures two. */
    private static int width(String text) {
        return text.codePoints()
                .map(c -> Character.isIdeographic(c) || (c >= 0x3040 && c < 0xFE00) || c >= 0x1F000 ? 2 : 1)
                .sum();
    }

    @Override
    public void show(Flux<EmbeddingEvent> events) {
        BlockingEvents.forEach(events, this::event);
    }

    private void event(EmbeddingEvent event) {
        if (event instanceof Vector vector) {
            vectors.add(vector);
            out.line(label(vector.index()) + vector.size() + " values: " + beginning(vector));
        } else {
            if (vectors.size() > 1) {
                similarities();
            }
            numbers((Done) event);
        }
    }

    private String label(int index) {
        return index < labels.size() ? labels.get(index) : index + 1 + "    ";
    }

    private static String beginning(Vector vector) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < Math.min(BEGINNING, vector.size()); i++) {
            values.add(String.format(Locale.ROOT, "%.4f", vector.get(i)));
        }
        if (vector.size() > BEGINNING) {
            values.add("…");
        }
        return String.join(", ", values);
    }

    private void similarities() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        rows.add(header);
        for (int i = 1; i < vectors.size(); i++) {
            header.add(Integer.toString(i));
            List<String> row = new ArrayList<>(List.of(Integer.toString(i + 1)));
            for (int j = 0; j < i; j++) {
                row.add(String.format(Locale.ROOT, "%.3f", vectors.get(i).cosine(vectors.get(j))));
            }
            rows.add(row);
        }
        out.line("");
        out.line("cosine similarity");
        ColumnLayout.lines(rows).forEach(out::line);
    }

    private void numbers(Done done) {
        List<String> parts = new ArrayList<>();
        Long tokens = done.promptEvalCount();
        if (tokens != null) {
            parts.add(tokens == 1 ? "1 token" : tokens + " tokens");
        }
        Duration duration = done.totalDuration();
        if (duration != null) {
            parts.add(String.format(Locale.ROOT, "%.2f s in all", duration.toNanos() / 1e9));
        }
        if (stats && !parts.isEmpty()) {
            err.line(String.join(", ", parts));
        }
    }
}
