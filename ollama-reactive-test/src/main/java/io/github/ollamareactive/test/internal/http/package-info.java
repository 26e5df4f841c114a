// SPDX-License-Identifier: Apache-2.0
/** HTTP messages as values: bytes, headers, framing, routes. Knows neither sockets nor JSON. */
@NullMarked
package io.github.ollamareactive.test.internal.http;

import org.jspecify.annotations.NullMarked;
