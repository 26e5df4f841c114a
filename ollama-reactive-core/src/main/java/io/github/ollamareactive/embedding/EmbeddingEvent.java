// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.embedding;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An event of an embedding call: a {@link Vector} for each text, in order, then one {@link Done}. */
public sealed interface EmbeddingEvent extends OllamaEvent {

    /** The embedding of one text. Immutable. */
    final class Vector implements EmbeddingEvent {
        private final int index;
        private final float[] values;

        private Vector(int index, float[] values) {
            this.index = index;
            this.values = values;
        }

        /**
         * Creates a vector.
         *
         * @param index the index of its text, from 0
         * @param values the components, which are copied
         * @return the vector
         */
        public static Vector of(int index, float... values) {
            return new Vector(index, values.clone());
        }

        /** {@return the index of its text in the request, from 0} */
        public int index() {
            return index;
        }

        /** {@return the number of dimensions} */
        public int size() {
            return values.length;
        }

        /**
         * One component.
         *
         * @param dimension its index, from 0
         * @return the component
         * @throws IndexOutOfBoundsException when the vector has no such dimension
         */
        public float get(int dimension) {
            return values[dimension];
        }

        /** {@return a copy of all components} */
        public float[] toArray() {
            return values.clone();
        }

        /**
         * The dot product, computed in double precision.
         *
         * @param other a vector of the same size
         * @return the dot product
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
         * The cosine similarity of two texts.
         *
         * @param other a vector of the same size
         * @return -1 to 1; 0 when one of the vectors is zero
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
     * The end of the answer, with what the server measured. A number that the server omits is null.
     *
     * @param model the model's name; null in answers of {@code /api/embeddings}
     * @param totalDuration from the arrival of the request to the end ({@code total_duration})
     * @param loadDuration until the model was loaded ({@code load_duration})
     * @param promptEvalCount tokens of all texts ({@code prompt_eval_count})
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Done(
            @Nullable String model,
            @Nullable Duration totalDuration,
            @Nullable Duration loadDuration,
            @Nullable Long promptEvalCount,
            JsonObject extras)
            implements EmbeddingEvent {
        /**
         * Without unknown fields.
         *
         * @param model see the record
         * @param totalDuration see the record
         * @param loadDuration see the record
         * @param promptEvalCount see the record
         */
        public Done(
                @Nullable String model,
                @Nullable Duration totalDuration,
                @Nullable Duration loadDuration,
                @Nullable Long promptEvalCount) {
            this(model, totalDuration, loadDuration, promptEvalCount, JsonObject.EMPTY);
        }
    }
}
