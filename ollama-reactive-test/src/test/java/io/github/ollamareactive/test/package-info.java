// SPDX-License-Identifier: Apache-2.0
/** Tests over real sockets. */
@NullMarked
package io.github.ollamareactive.test;

import org.jspecify.annotations.NullMarked;
