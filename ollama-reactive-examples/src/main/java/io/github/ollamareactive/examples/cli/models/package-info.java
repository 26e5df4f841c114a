// SPDX-License-Identifier: Apache-2.0
/** The commands that manage models: list, ps, show, cp, rm, pull, push, create, blob. */
@NullMarked
package io.github.ollamareactive.examples.cli.models;

import org.jspecify.annotations.NullMarked;
