// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.protocol.KeepAlive;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Converts the value of {@code --keep-alive}: {@code forever}, {@code 0}, a number of seconds, or a duration. */
public final class KeepAliveConverter implements ITypeConverter<KeepAlive> {
    /** For picocli. */
    public KeepAliveConverter() {}

    @Override
    public KeepAlive convert(String text) {
        if (text.equals("forever")) {
            return KeepAlive.FOREVER;
        }
        Duration duration = DurationConverter.parse(text);
        return DurationConverter.isUnitless(text)
                ? KeepAlive.seconds(Double.parseDouble(text))
                : KeepAlive.of(duration);
    }
}
