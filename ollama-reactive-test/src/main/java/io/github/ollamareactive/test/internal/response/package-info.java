// SPDX-License-Identifier: Apache-2.0
/** A response as a value: head, body in pieces, the time of each, the end. Knows nothing about sockets or requests. */
@NullMarked
package io.github.ollamareactive.test.internal.response;

import org.jspecify.annotations.NullMarked;
