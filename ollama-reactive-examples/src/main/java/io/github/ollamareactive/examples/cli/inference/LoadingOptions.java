// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.input.KeepAliveConverter;
import io.github.ollamareactive.examples.cli.input.OptionAssignments;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.RequestFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that may load a model. */
final class LoadingOptions {
    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "A model option, such as temperature=0 or num_ctx=8192. May be repeated,"
                    + " also stop=TEXT for several stop sequences.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--keep-alive",
            paramLabel = "D",
            converter = KeepAliveConverter.class,
            description =
                    "How long the model stays loaded after the call: 10m, 2h45m, a number of seconds, forever, or 0.")
    private @Nullable KeepAlive keepAlive;

    /** Sets the fields of a request that these options define. */
    <R extends RequestFields<R>> R applyTo(R request) {
        return request.with("options", options.isEmpty() ? null : OptionAssignments.parse(options))
                .with("keep_alive", keepAlive);
    }
}
