// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

/** A script is invalid. The message names the script, the JSON pointer of the value, and what is allowed there. */
public final class ScriptException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    ScriptException(String source, String pointer, String problem) {
        super(source + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + problem);
    }
}
