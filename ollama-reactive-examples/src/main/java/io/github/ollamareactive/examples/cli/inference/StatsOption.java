// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import picocli.CommandLine.Option;

/** The option of the commands that print statistics. */
final class StatsOption {
    @Option(names = "--no-stats", description = "Do not print the line of statistics after an answer.")
    private boolean noStats;

    /** Whether to print statistics after an answer. */
    boolean enabled() {
        return !noStats;
    }
}
