// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.ollamareactive.examples.cli.views;

import org.jspecify.annotations.NullMarked;
