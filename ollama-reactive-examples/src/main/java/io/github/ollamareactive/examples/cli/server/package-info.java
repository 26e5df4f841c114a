// SPDX-License-Identifier: Apache-2.0
/** The commands about servers: version and ping ask one, serve, record and replay run one. */
@NullMarked
package io.github.ollamareactive.examples.cli.server;

import org.jspecify.annotations.NullMarked;
