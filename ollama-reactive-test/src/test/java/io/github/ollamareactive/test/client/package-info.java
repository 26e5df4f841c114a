// SPDX-License-Identifier: Apache-2.0
/** A client on a plain socket, for tests of what is on the wire. */
@NullMarked
package io.github.ollamareactive.test.client;

import org.jspecify.annotations.NullMarked;
