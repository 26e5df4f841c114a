// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.ollamareactive.examples.cli.talk;

import org.jspecify.annotations.NullMarked;
