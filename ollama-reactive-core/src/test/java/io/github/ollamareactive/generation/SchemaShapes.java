// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records whose schemas stand in the golden files. */
final class SchemaShapes {
    private SchemaShapes() {}

    /** Nullable in the fashion of old: on declarations. */
    static final class OnDeclarations {
        @Retention(RetentionPolicy.RUNTIME)
        @interface Nullable {}

        private OnDeclarations() {}
    }

    /** Nullable in the fashion of old: on methods only. */
    static final class OnMethods {
        @Retention(RetentionPolicy.RUNTIME)
        @Target(ElementType.METHOD)
        @interface Nullable {}

        private OnMethods() {}
    }

    @Description("what to forecast")
    record Weather(
            @Description("without the country") String city,
            @Nullable Integer days,
            Optional<String> unit) {}

    record Empty() {}

    record Numbers(
            byte aByte,
            short aShort,
            int anInt,
            long aLong,
            Integer boxed,
            BigInteger big,
            float aFloat,
            double aDouble,
            BigDecimal exact,
            Number any,
            boolean flag,
            Boolean boxedFlag) {}

    record Texts(
            String text,
            CharSequence chars,
            char letter,
            UUID id,
            URI uri,
            URL url,
            byte[] bytes,
            ZoneId zone,
            Locale locale,
            Currency currency) {}

    record Times(
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            LocalDate date,
            OffsetTime offsetTime,
            LocalTime time,
            LocalDateTime dateTime,
            Duration duration) {}

    record Lists(
            List<String> names,
            Set<Integer> numbers,
            Collection<Boolean> flags,
            int[] primitives,
            String[][] table,
            List<? extends ArrayList<Double>> lists) {}

    record Maps(Map<String, Integer> counts, TreeMap<String, List<String>> groups, Map<CharSequence, Point> points) {}

    record Point(int x, int y) {}

    enum Level {
        LOW,
        HIGH
    }

    @Description("of temperatures")
    enum Unit {
        CELSIUS,
        FAHRENHEIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Renamed {
        @JsonProperty("first")
        FIRST,
        SECOND
    }

    record Enums(Level level, Unit unit, Renamed renamed, DayOfWeek day, EnumSet<Level> levels) {}

    @Description("somewhere")
    record Place(String name, Point at) {}

    record Nested(Place from, @Description("where it ends") Place to, List<Place> stops) {}

    record Tree(String value, List<Tree> children) {}

    record Person(String name, @Nullable Pet pet) {}

    record Pet(String name, @Nullable Person owner) {}

    record Mutual(
            Person first, @Description("the other one") Person second) {}

    @Description("a figure")
    sealed interface Shape permits Circle, Rectangle, Dot {}

    record Circle(double radius) implements Shape {}

    record Rectangle(double width, double height, @Nullable String label) implements Shape {}

    sealed interface Dot extends Shape permits OnLine, OnPlane {}

    record OnLine(double x) implements Dot {}

    record OnPlane(double x, double y) implements Dot {}

    record Drawing(List<Shape> shapes, Optional<Shape> background) {}

    sealed interface Expression permits Value, Sum {}

    record Value(double value) implements Expression {}

    record Sum(Expression left, Expression right) implements Expression {}

    record Box<T>(T content) {}

    record Pair<A, B>(A first, Box<B> second) {}

    record Generic<N extends Number>(
            Box<String> text,
            Box<List<Integer>> numbers,
            Pair<String, Boolean> pair,
            List<N> bounded,
            @SuppressWarnings("rawtypes") Box unknown) {}

    record Node<T>(T content, List<Node<T>> nodes) {}

    record Nodes(Node<String> texts, Node<Integer> numbers) {}

    sealed interface Result<T> permits Success, Failure {}

    record Success<V>(V value) implements Result<V> {}

    record Failure<V>(String message) implements Result<V> {}

    record Outcome(Result<List<Integer>> result) {}

    record NullableElements(
            List<Optional<String>> texts,
            List<@Nullable String> more,
            Set<@Nullable Point> points,
            Map<String, @Nullable Level> levels,
            List<@Nullable Result<List<Integer>>> shapes,
            @Nullable String[] array,
            String @Nullable [] missing) {}

    record Optionals(
            Optional<String> text,
            OptionalInt whole,
            OptionalLong big,
            OptionalDouble real,
            Optional<List<String>> list,
            Optional<Point> point,
            @OnDeclarations.Nullable String declared,
            @OnMethods.Nullable String accessor) {}

    record Renames(
            @JsonProperty("city_name") String city,
            @JsonProperty int days,
            @JsonIgnore @Nullable String hidden,
            @JsonProperty("zip") String postcode) {}

    @SuppressWarnings("rawtypes")
    record Anything(Object any, List list, Map map, Map<String, Object> objects) {}
}
