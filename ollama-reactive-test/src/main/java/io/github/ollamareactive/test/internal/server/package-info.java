// SPDX-License-Identifier: Apache-2.0
/** The HTTP server on loopback: connections, and responses written to them as planned. The only room with Netty's server. */
@NullMarked
package io.github.ollamareactive.test.internal.server;

import org.jspecify.annotations.NullMarked;
