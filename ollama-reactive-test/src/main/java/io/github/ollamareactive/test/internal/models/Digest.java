// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.util.regex.Pattern;

/** SHA-256 digests in Ollama's notation: {@code sha256:} and 64 hexadecimal digits. */
public final class Digest {

    private static final String PREFIX = "sha256:";
    private static final Pattern SYNTAX = Pattern.compile("sha256[:-][0-9a-fA-F]{64}");

    private Digest() {}

    public static String of(byte[] bytes) {
        return PREFIX + Bytes.of(bytes).digest();
    }

    public static String of(String text) {
        return PREFIX + Bytes.of(text).digest();
    }

    public static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    /** With a colon where a path may have a dash. */
    public static String canonical(String digest) {
        return digest.replace('-', ':');
    }

    /** Without {@code sha256:}. */
    public static String hex(String digest) {
        return digest.substring(PREFIX.length());
    }

    /** The 12 digits that progress lines show. */
    public static String shortened(String digest) {
        return hex(digest).substring(0, 12);
    }
}
