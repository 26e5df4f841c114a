// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.protocol.JsonValue;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the value of {@code --think}: {@code true}, {@code false} or a level. The value must follow an equals sign; a separate
 * word after {@code --think} is the prompt.
 */
public final class ThinkConverter implements ITypeConverter<JsonValue>, IParameterPreprocessor, Iterable<String> {
    /** The levels that models are known to have. A server takes any other word for the model's default, without a word of its own. */
    public static final List<String> LEVELS = List.of("low", "medium", "high", "xhigh", "max");

    /** For picocli. */
    public ThinkConverter() {}

    /** The words that {@code --think} takes, for picocli's help and its completion. */
    @Override
    public Iterator<String> iterator() {
        return Stream.concat(Stream.of("true", "false"), LEVELS.stream()).iterator();
    }

    @Override
    public JsonValue convert(String text) {
        if (text.equals("true") || text.equals("false")) {
            return JsonValue.of(Boolean.valueOf(text));
        }
        if (!LEVELS.contains(text)) {
            throw new TypeConversionException(
                    "'" + text + "' is not one of " + String.join(", ", LEVELS) + ", true and false");
        }
        return Think.of(text).toJson();
    }

    @Override
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
        if (!"=".equals(info.get("separator"))) {
            args.push("true");
        }
        return false;
    }
}
