// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.ollamareactive.examples.cli.output;

import org.jspecify.annotations.NullMarked;
