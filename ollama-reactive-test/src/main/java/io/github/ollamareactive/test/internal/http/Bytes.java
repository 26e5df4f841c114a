// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An immutable byte sequence, compared by content. It may be the beginning of a longer sequence whose length it knows. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;
    private final long total;
    /** The SHA-256 of the whole sequence; null when it is to be computed. */
    private final byte @Nullable [] digest;

    private Bytes(byte[] array) {
        this(array, array.length, null);
    }

    private Bytes(byte[] array, long total, byte @Nullable [] digest) {
        this.array = array;
        this.total = total;
        this.digest = digest;
    }

    /** The first bytes of a sequence of {@code total} bytes, and the SHA-256 of that sequence. The arrays are not copied. */
    public static Bytes first(byte[] kept, long total, byte[] digest) {
        return new Bytes(kept, total, digest);
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The SHA-256 of the whole sequence, in hexadecimal digits. */
    public String digest() {
        return HexFormat.of().formatHex(digest == null ? sha256().digest(array) : digest);
    }

    /** A copy of the array. */
    public static Bytes of(byte... bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Bytes(bytes.clone());
    }

    /** The text in UTF-8. */
    public static Bytes of(String text) {
        Objects.requireNonNull(text, "text");
        return new Bytes(text.getBytes(UTF_8));
    }

    public static Bytes join(Iterable<Bytes> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.array));
        return new Bytes(all.toByteArray());
    }

    /** The number of bytes held. */
    public int size() {
        return array.length;
    }

    /** The number of bytes of the whole sequence: {@link #size()} or more. */
    public long total() {
        return total;
    }

    /** The bytes decoded as UTF-8; malformed input becomes U+FFFD. */
    public String text() {
        return new String(array, UTF_8);
    }

    public byte[] toArray() {
        return array.clone();
    }

    public boolean isUtf8() {
        return Arrays.equals(array, text().getBytes(UTF_8));
    }

    /** The array itself, not a copy. Callers only read it. */
    public byte[] array() {
        return array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && total == bytes.total
                && Arrays.equals(array, bytes.array)
                && (total == array.length || Arrays.equals(digest, bytes.digest));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return isUtf8() && total == array.length ? text() : total + " bytes";
    }
}
