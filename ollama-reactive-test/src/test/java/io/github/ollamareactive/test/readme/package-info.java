// SPDX-License-Identifier: Apache-2.0
/** What the README shows. */
@NullMarked
package io.github.ollamareactive.test.readme;

import org.jspecify.annotations.NullMarked;
