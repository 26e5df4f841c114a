// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;

/** An immutable run of bytes, compared by content. */
public final class Bytes {

    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;
    private final long total;

    private Bytes(byte[] array) {
        this(array, array.length);
    }

    private Bytes(byte[] array, long total) {
        this.array = array;
        this.total = total;
    }

    /** The first bytes of more than are kept. */
    static Bytes first(byte[] kept, long total) {
        return new Bytes(kept, total);
    }

    /**
     * These bytes.
     *
     * @param bytes copied
     * @return the bytes
     */
    public static Bytes of(byte... bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Bytes(bytes.clone());
    }

    /**
     * A text's bytes in UTF-8.
     *
     * @param text the text
     * @return its bytes
     */
    public static Bytes of(String text) {
        Objects.requireNonNull(text, "text");
        return new Bytes(text.getBytes(UTF_8));
    }

    static Bytes join(Iterable<Bytes> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.array));
        return new Bytes(all.toByteArray());
    }

    /**
     * How many there are.
     *
     * @return the number of bytes
     */
    public int size() {
        return array.length;
    }

    /**
     * How many there were. A request's body is kept up to 16 MiB; of a longer one the beginning is kept, and its length.
     *
     * @return {@link #size()}, or more where not all were kept
     */
    public long total() {
        return total;
    }

    /**
     * The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD.
     *
     * @return the text
     */
    public String text() {
        return new String(array, UTF_8);
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] toArray() {
        return array.clone();
    }

    boolean isUtf8() {
        return Arrays.equals(array, text().getBytes(UTF_8));
    }

    /** The array itself, for readers only. */
    byte[] array() {
        return array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && total == bytes.total && Arrays.equals(array, bytes.array);
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
