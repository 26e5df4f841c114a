// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.views.TextUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the value of {@code --by} to a {@link TextUnit}. */
final class TextUnitConverter implements ITypeConverter<TextUnit> {
    @Override
    public TextUnit convert(String text) {
        try {
            return TextUnit.fromName(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
