// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.examples.cli.output.By;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How an answer is cut, by its name. */
public final class ByValue implements ITypeConverter<By> {
    /** For picocli. */
    public ByValue() {}

    @Override
    public By convert(String text) {
        try {
            return By.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
