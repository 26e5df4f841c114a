// SPDX-License-Identifier: Apache-2.0
/** The leak check that the tests of all modules run under; JUnit detects it automatically. */
@NullMarked
package io.github.ollamareactive.test.leaks;

import org.jspecify.annotations.NullMarked;
