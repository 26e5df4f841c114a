// SPDX-License-Identifier: Apache-2.0
/** Tests of the server over real sockets, and of the rooms of the kit. */
@NullMarked
package io.github.ollamareactive.test;

import org.jspecify.annotations.NullMarked;
