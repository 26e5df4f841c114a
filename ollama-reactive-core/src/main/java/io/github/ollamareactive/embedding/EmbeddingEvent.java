// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.embedding;

import io.github.ollamareactive.protocol.OllamaEvent;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an embedding emits: a {@link Vector} for each text, in order, then one {@link Done}. */
public sealed interface EmbeddingEvent extends OllamaEvent {

    /** The embedding of one text. Immutable; floats as exact as the wire has them. */
    final class Vector implements EmbeddingEvent {
        private final int index;
        private final float[] values;

        private Vector(int index, float[] values) {
            this.index = index;
            this.values = values;
        }

        /**
         * Copies floats into a vector.
         *
         * @param index which text it belongs to, from 0
         * @param values the floats
         * @return the vector
         */
        public static Vector of(int index, float... values) {
            return new Vector(index, values.clone());
        }

        /**
         * Which text it belongs to.
         *
         * @return its place in the request, from 0
         */
        public int index() {
            return index;
        }

        /**
         * How many floats it has.
         *
         * @return the number of dimensions
         */
        public int size() {
            return values.length;
        }

        /**
         * One of the floats.
         *
         * @param i which, from 0
         * @return the float
         * @throws IndexOutOfBoundsException when there is no such one
         */
        public float get(int i) {
            return values[i];
        }

        /**
         * All floats.
         *
         * @return a copy
         */
        public float[] toArray() {
            return values.clone();
        }

        /**
         * The dot product, summed in double precision.
         *
         * @param other a vector of the same size
         * @return the product
         * @throws IllegalArgumentException when the sizes differ
         */
        public double dot(Vector other) {
            if (other.values.length != values.length) {
                throw new IllegalArgumentException(
                        "vectors of different sizes: " + values.length + " and " + other.values.length);
            }
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += (double) values[i] * other.values[i];
            }
            return sum;
        }

        /**
         * How alike two texts are: the cosine of the angle between their vectors.
         *
         * @param other a vector of the same size
         * @return -1 to 1; 0 when one of them has no length
         * @throws IllegalArgumentException when the sizes differ
         */
        public double cosine(Vector other) {
            double lengths = Math.sqrt(dot(this)) * Math.sqrt(other.dot(other));
            return lengths == 0 ? 0 : Math.max(-1, Math.min(1, dot(other) / lengths));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Vector vector && vector.index == index && Arrays.equals(vector.values, values);
        }

        @Override
        public int hashCode() {
            return 31 * index + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Vector[index=" + index + ", size=" + values.length + "]";
        }
    }

    /**
     * The end: what the server measured. Absent numbers are null.
     *
     * @param model the model's name; absent in answers of {@code /api/embeddings}
     * @param totalDuration from the request's arrival to the end ({@code total_duration})
     * @param loadDuration until the model was ready ({@code load_duration})
     * @param promptEvalCount tokens of all texts ({@code prompt_eval_count})
     */
    record Done(
            @Nullable String model,
            @Nullable Duration totalDuration,
            @Nullable Duration loadDuration,
            @Nullable Long promptEvalCount)
            implements EmbeddingEvent {}
}
