// SPDX-License-Identifier: Apache-2.0
/**
 * A small server with models that can be pulled, asked, copied and deleted:
 * {@link io.github.ollamareactive.test.models.LocalModels} for everything that a test does not script.
 */
@NullMarked
package io.github.ollamareactive.test.models;

import org.jspecify.annotations.NullMarked;
