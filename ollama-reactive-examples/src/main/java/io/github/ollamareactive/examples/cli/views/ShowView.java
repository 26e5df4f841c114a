// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.BlockingEvents;
import io.github.ollamareactive.examples.cli.output.ColumnLayout;
import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.ParameterCounts;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Shown;
import io.github.ollamareactive.server.ModelEvent.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Prints information about a model in the sections of the {@code ollama} program. Sections without content are omitted. */
public final class ShowView implements View<Shown> {
    private static final int MAX_TEXT_LINES = 2;
    private static final int MAX_LIST_WIDTH = 10;

    private final Output out;
    private final boolean verbose;
    private boolean hasSections;

    /**
     * Creates a view of one model.
     *
     * @param out standard output
     * @param verbose whether to print the metadata of its files, and its tensors
     */
    public ShowView(Output out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    @Override
    public void show(Flux<Shown> events) {
        BlockingEvents.forEach(events, this::print);
    }

    private void print(Shown model) {
        printSection("Model", overview(model));
        printSection("Capabilities", singleCells(model.capabilities()));
        printSection("Projector", projector(model.projectorInfo()));
        printSection("Parameters", parameters(model.parameters()));
        if (verbose) {
            printSection("Metadata", metadata(model.modelInfo()));
            printSection("Tensors", tensors(model.tensors()));
        }
        printSection("System", firstLines(model.system()));
        printSection("License", firstLines(model.license()));
    }

    private void printSection(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (hasSections) {
            out.printLine("");
        }
        hasSections = true;
        out.printLine("  " + title);
        ColumnLayout.lines(rows, out.columns() - 4).forEach(line -> out.printLine("    " + line));
    }

    private static List<List<String>> overview(Shown model) {
        Rows rows = new Rows();
        rows.add("Remote model", model.remoteModel());
        rows.add("Remote URL", model.remoteHost());
        ModelDetails details = model.details();
        String size = details == null ? null : details.parameterSize();
        JsonObject info = model.modelInfo();
        if (info == null) {
            rows.add("architecture", details == null ? null : details.family());
            rows.add("parameters", size);
        } else {
            String architecture = text(info.get("general.architecture"));
            rows.add("architecture", architecture);
            rows.add("parameters", size == null || size.isEmpty() ? parameterCount(info) : size);
            rows.add("context length", text(info.get(architecture + ".context_length")));
            rows.add("embedding length", text(info.get(architecture + ".embedding_length")));
        }
        rows.add("quantization", details == null ? null : details.quantizationLevel());
        rows.add("requires", model.requires());
        return rows.list;
    }

    private static List<List<String>> projector(@Nullable JsonObject info) {
        Rows rows = new Rows();
        if (info != null) {
            String architecture = text(info.get("general.architecture"));
            rows.add("architecture", architecture);
            rows.add("parameters", parameterCount(info));
            for (String modality : List.of("vision", "audio")) {
                rows.add("embedding length", text(info.get(architecture + "." + modality + ".embedding_length")));
                rows.add("dimensions", text(info.get(architecture + "." + modality + ".projection_dim")));
            }
        }
        return rows.list;
    }

    private static @Nullable String parameterCount(JsonObject info) {
        return info.get("general.parameter_count") instanceof JsonNumber count
                ? ParameterCounts.format(count.asDecimal().longValue())
                : null;
    }

    private static List<List<String>> singleCells(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts.stream().map(List::of).toList();
    }

    private static List<List<String>> parameters(@Nullable String parameters) {
        return lines(parameters).stream()
                .map(line -> List.of(line.split("\\s+", -1)))
                .toList();
    }

    private static List<List<String>> metadata(@Nullable JsonObject info) {
        Rows rows = new Rows();
        if (info != null) {
            info.fields().forEach((name, value) -> rows.add(name, text(value)));
        }
        return rows.list;
    }

    private static List<List<String>> tensors(@Nullable List<Tensor> tensors) {
        return tensors == null
                ? List.of()
                : tensors.stream()
                        .map(tensor -> List.of(tensor.name(), tensor.type(), bracketed(tensor.shape())))
                        .toList();
    }

    private static List<List<String>> firstLines(@Nullable String text) {
        List<String> lines = lines(text);
        List<String> head = new ArrayList<>(lines.subList(0, Math.min(MAX_TEXT_LINES, lines.size())));
        if (lines.size() > MAX_TEXT_LINES) {
            head.add("...");
        }
        return singleCells(head);
    }

    private static List<String> lines(@Nullable String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        } else if (value instanceof JsonArray array) {
            return abbreviated(array.items());
        }
        return value == null ? null : value.toString();
    }

    /** Formats the first items and the number of the others: a vocabulary has hundreds of thousands of items. */
    private static String abbreviated(List<JsonValue> items) {
        List<String> shown = new ArrayList<>();
        int width = 1;
        for (JsonValue item : items) {
            String text = Objects.toString(text(item), "");
            width += text.length() + (shown.isEmpty() ? 0 : 2);
            if (width > MAX_LIST_WIDTH && !shown.isEmpty()) {
                break;
            }
            shown.add(text);
        }
        int more = items.size() - shown.size();
        return more == 0 ? bracketed(shown) : "[" + String.join(" ", shown) + " ...+" + more + " more]";
    }

    private static String bracketed(List<?> items) {
        return "[" + String.join(" ", items.stream().map(String::valueOf).toList()) + "]";
    }

    private static final class Rows {
        private final List<List<String>> list = new ArrayList<>();

        void add(String name, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                list.add(List.of(name, value));
            }
        }
    }
}
