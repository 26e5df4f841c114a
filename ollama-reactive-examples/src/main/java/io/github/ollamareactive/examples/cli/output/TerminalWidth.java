// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.output;

import java.util.function.IntSupplier;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/** The current width of the terminal of this process. It is asked each time, because a terminal can be resized. */
public final class TerminalWidth implements IntSupplier {
    private @Nullable TerminalProvider provider;

    /** Asks nothing yet. */
    public TerminalWidth() {}

    /** {@return the number of columns; 0 if it is not known} */
    @Override
    public synchronized int getAsInt() {
        try {
            if (provider == null) {
                provider = TerminalBuilder.builder()
                        .getProviders(null, new IllegalStateException("no terminal"))
                        .get(0);
            }
            int columns = provider.systemStreamWidth(SystemStream.Output);
            return columns > 0 ? columns : provider.systemStreamWidth(SystemStream.Error);
        } catch (RuntimeException | LinkageError e) {
            return 0;
        }
    }
}
