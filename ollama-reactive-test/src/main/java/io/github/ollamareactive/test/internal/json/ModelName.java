// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.json;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The name of a model: {@code [[host/]namespace/]model[:tag]}, with Ollama's defaults for absent parts. */
public record ModelName(String host, String namespace, String model, String tag) {

    private static final String HOST = "registry.ollama.ai";
    private static final String NAMESPACE = "library";
    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(?:(\\w[\\w.:-]{0,349})/)?(\\w[\\w-]{0,79})/)?" + "(\\w[\\w.-]{0,79})(?::(\\w[\\w.-]{0,79}))?");

    /** The parsed name; empty when the syntax is invalid. A URL scheme before the host is ignored. */
    public static Optional<ModelName> of(String text) {
        int scheme = text.indexOf("://");
        Matcher name = SYNTAX.matcher(scheme < 0 ? text : text.substring(scheme + 3));
        return name.matches()
                ? Optional.of(new ModelName(
                        or(name.group(1), HOST),
                        or(name.group(2), NAMESPACE),
                        name.group(3),
                        or(name.group(4), "latest")))
                : Optional.empty();
    }

    /** The value with the shortest name of the same model, in lower case; one that names no model stays as it is. */
    public static JsonNode canonical(JsonNode value) {
        return of(value.asString(""))
                .map(name -> (JsonNode)
                        JsonNodeFactory.instance.stringNode(name.display().toLowerCase(Locale.ROOT)))
                .filter(name -> value.isString())
                .orElse(value);
    }

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    /** The shortest form that has a tag. */
    public String display() {
        String shortName = model + ":" + tag;
        if (host.equals(HOST)) {
            return namespace.equals(NAMESPACE) ? shortName : namespace + "/" + shortName;
        }
        return host + "/" + namespace + "/" + shortName;
    }

    /** With host and namespace, as some error messages have it. */
    public String full() {
        return host + "/" + namespace + "/" + model + ":" + tag;
    }

    /** Equal for names that differ in case only: they mean the same installed model. */
    public String key() {
        return full().toLowerCase(Locale.ROOT);
    }
}
