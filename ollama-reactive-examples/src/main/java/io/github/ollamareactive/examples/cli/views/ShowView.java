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

/** A model in the sections of Ollama's own program. What the server doesn't say is left out. */
public final class ShowView implements View<Shown> {
    private static final int HEAD = 2;
    private static final int LIST_WIDTH = 10;

    private final Output out;
    private final boolean verbose;
    private boolean begun;

    /**
     * Shows one model.
     *
     * @param out where to
     * @param verbose whether the facts from its files and its tensors are told
     */
    public ShowView(Output out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    @Override
    public void show(Flux<Shown> events) {
        BlockingEvents.forEach(events, this::shown);
    }

    private void shown(Shown model) {
        section("Model", model(model));
        section("Capabilities", cells(model.capabilities()));
        section("Projector", projector(model.projectorInfo()));
        section("Parameters", parameters(model.parameters()));
        if (verbose) {
            section("Metadata", facts(model.modelInfo()));
            section("Tensors", tensors(model.tensors()));
        }
        section("System", head(model.system()));
        section("License", head(model.license()));
    }

    private void section(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (begun) {
            out.line("");
        }
        begun = true;
        out.line("  " + title);
        ColumnLayout.lines(rows).forEach(line -> out.line("    " + line));
    }

    private static List<List<String>> model(Shown model) {
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
            rows.add("parameters", size == null || size.isEmpty() ? count(info) : size);
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
            rows.add("parameters", count(info));
            for (String sense : List.of("vision", "audio")) {
                rows.add("embedding length", text(info.get(architecture + "." + sense + ".embedding_length")));
                rows.add("dimensions", text(info.get(architecture + "." + sense + ".projection_dim")));
            }
        }
        return rows.list;
    }

    private static @Nullable String count(JsonObject info) {
        return info.get("general.parameter_count") instanceof JsonNumber count
                ? ParameterCounts.of(count.asDecimal().longValue())
                : null;
    }

    private static List<List<String>> cells(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts.stream().map(List::of).toList();
    }

    private static List<List<String>> parameters(@Nullable String parameters) {
        return lines(parameters).stream()
                .map(line -> List.of(line.split("\\s+", -1)))
                .toList();
    }

    private static List<List<String>> facts(@Nullable JsonObject info) {
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
                        .map(tensor -> List.of(tensor.name(), tensor.type(), words(tensor.shape())))
                        .toList();
    }

    private static List<List<String>> head(@Nullable String text) {
        List<String> lines = lines(text);
        List<String> head = new ArrayList<>(lines.subList(0, Math.min(HEAD, lines.size())));
        if (lines.size() > HEAD) {
            head.add("...");
        }
        return cells(head);
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
            return beginning(array.items());
        }
        return value == null ? null : value.toString();
    }

    /** A vocabulary has hundreds of thousands of words: the first few, and how many more there are. */
    private static String beginning(List<JsonValue> items) {
        List<String> shown = new ArrayList<>();
        int width = 1;
        for (JsonValue item : items) {
            String text = Objects.toString(text(item), "");
            width += text.length() + (shown.isEmpty() ? 0 : 2);
            if (width > LIST_WIDTH && !shown.isEmpty()) {
                break;
            }
            shown.add(text);
        }
        int more = items.size() - shown.size();
        return more == 0 ? words(shown) : "[" + String.join(" ", shown) + " ...+" + more + " more]";
    }

    private static String words(List<?> items) {
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
