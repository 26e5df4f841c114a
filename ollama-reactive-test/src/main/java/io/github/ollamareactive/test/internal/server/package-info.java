// SPDX-License-Identifier: Apache-2.0
/** The HTTP server on loopback: its connections, the requests that arrive, and the responses written as planned. */
@NullMarked
package io.github.ollamareactive.test.internal.server;

import org.jspecify.annotations.NullMarked;
