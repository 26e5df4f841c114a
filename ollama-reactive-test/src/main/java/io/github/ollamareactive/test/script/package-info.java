// SPDX-License-Identifier: Apache-2.0
/** Server scripts: expectations and answers as JSON, from a file or over HTTP. */
@NullMarked
package io.github.ollamareactive.test.script;

import org.jspecify.annotations.NullMarked;
