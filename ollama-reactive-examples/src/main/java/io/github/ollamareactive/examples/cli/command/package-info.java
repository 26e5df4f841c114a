// SPDX-License-Identifier: Apache-2.0
/** What all commands share: the environment, the common options, the connection to a server, the exit codes. */
@NullMarked
package io.github.ollamareactive.examples.cli.command;

import org.jspecify.annotations.NullMarked;
