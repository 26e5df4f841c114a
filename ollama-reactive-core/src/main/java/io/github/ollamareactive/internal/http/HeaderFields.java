// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The syntax of header fields (RFC 9110, 5.1 and 5.5): what doesn't follow it would begin another header, or reach the server as
 * other characters. Values are secret, so no message shows one.
 */
public final class HeaderFields {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t -~]*");

    private HeaderFields() {}

    /**
     * Checks the name of a header.
     *
     * @param name the name
     * @return the same name
     * @throws IllegalArgumentException when it is no token
     */
    public static String checkedName(String name) {
        requireNonNull(name, "name");
        if (!TOKEN.matcher(name).matches()) {
            // Not shown: who mixes name and value up would find the value in a log.
            throw new IllegalArgumentException(
                    "name: a header's name has only ASCII letters, digits and !#$%&'*+-.^_`|~, and at least one");
        }
        return name;
    }

    /**
     * Checks what is sent as the value of a header.
     *
     * @param what what it is, for the message
     * @param value the value
     * @return the value without white space around it
     * @throws IllegalArgumentException when it has other characters than visible ASCII, spaces and tabs; the message doesn't show it
     */
    public static String checkedValue(String what, String value) {
        String stripped = requireNonNull(value, what).strip();
        if (!VALUE.matcher(stripped).matches()) {
            throw new IllegalArgumentException(
                    what + ": only visible ASCII characters, spaces and tabs can be sent (the value isn't shown)");
        }
        return stripped;
    }
}
