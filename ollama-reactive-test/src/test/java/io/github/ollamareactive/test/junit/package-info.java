// SPDX-License-Identifier: Apache-2.0
/** The extension, run by a launcher of its own. */
@NullMarked
package io.github.ollamareactive.test.junit;

import org.jspecify.annotations.NullMarked;
