// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests as Ollama writes them: {@code sha256:} and 64 hex digits. */
final class Digest {

    private static final String PREFIX = "sha256:";
    private static final Pattern SYNTAX = Pattern.compile("sha256[:-][0-9a-fA-F]{64}");

    private Digest() {}

    static String of(byte[] bytes) {
        try {
            return PREFIX
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    static String of(String text) {
        return of(text.getBytes(UTF_8));
    }

    static boolean isOne(String text) {
        return SYNTAX.matcher(text).matches();
    }

    /** With the colon, which a path may have as a dash. */
    static String canonical(String digest) {
        return digest.replace('-', ':');
    }

    static String hex(String digest) {
        return digest.substring(PREFIX.length());
    }

    /** What progress lines are called by. */
    static String shortened(String digest) {
        return hex(digest).substring(0, 12);
    }
}
