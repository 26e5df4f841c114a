// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.views.TextUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How an answer is cut, by its name. */
public final class TextUnitConverter implements ITypeConverter<TextUnit> {
    /** For picocli. */
    public TextUnitConverter() {}

    @Override
    public TextUnit convert(String text) {
        try {
            return TextUnit.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
