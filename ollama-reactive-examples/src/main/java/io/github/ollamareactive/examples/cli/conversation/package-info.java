// SPDX-License-Identifier: Apache-2.0
/** The interactive conversation of {@code chat}. Only {@code JLineTerminal} depends on JLine. */
@NullMarked
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.NullMarked;
