// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;

/** Every case of the wire, by its number, is in one table or in one test class, and its number begins the name of its tests. */
final class WireCaseNumbersTest {
    private static final List<String> TABLES = List.of("requests", "streams", "errors", "faults");
    private static final List<Class<?>> CLASSES = List.of(
            RequestCasesTest.class,
            ImageCasesTest.class,
            UploadCasesTest.class,
            HeaderCasesTest.class,
            CloudCasesTest.class,
            StreamCasesTest.class,
            ErrorCasesTest.class,
            RetryCasesTest.class,
            DemandCasesTest.class,
            FaultCasesTest.class,
            LaterAnswerCasesTest.class,
            LaterErrorCasesTest.class,
            LaterRequestCasesTest.class,
            DecisionCasesTest.class,
            CloudAccountCasesTest.class);

    /** The numbers in the names of a class's tests, each once. */
    private static List<String> numbers(Class<?> tests) {
        return Arrays.stream(tests.getDeclaredMethods())
                .map(WireCaseNumbersTest::nameOf)
                .filter(Objects::nonNull)
                .map(WireCase::numberOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static String nameOf(Method test) {
        DisplayName display = test.getAnnotation(DisplayName.class);
        ParameterizedTest parameterized = test.getAnnotation(ParameterizedTest.class);
        return display != null ? display.value() : parameterized != null ? parameterized.name() : null;
    }

    /** The numbers in the first arguments, each once. */
    private static List<String> numbers(Stream<Arguments> arguments) {
        return arguments
                .map(argument -> WireCase.numberOf((String) argument.get()[0]))
                .distinct()
                .toList();
    }

    @Test
    void everyNumberIsInOneTableOrClass() {
        List<String> tested = new ArrayList<>();
        TABLES.forEach(table -> tested.addAll(WireTable.numbers(table)));
        CLASSES.forEach(tests -> tested.addAll(numbers(tests)));
        tested.addAll(numbers(FaultCasesTest.framings()));
        List<String> repeated = numbers(RetryCasesTest.passingRefusals());
        repeated.stream().filter(number -> !tested.contains(number)).forEach(tested::add);
        List<String> all = WireTable.text("case-numbers")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(all).hasSize(197).doesNotHaveDuplicates();
        assertThat(tested).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void everyTestOfATableHasANameOfItsOwn() {
        assertThat(TABLES.stream().flatMap(table -> WireTable.read(table).stream()))
                .allSatisfy(exchange -> assertThat(exchange.expected().events().isEmpty()
                                && exchange.expected().error() == null
                                && exchange.sends() == null)
                        .as("%s checks nothing", exchange)
                        .isFalse());
        assertThat(TABLES.stream().flatMap(WireCase::underEveryCut).map(arguments -> List.of(arguments.get())))
                .extracting(Object::toString)
                .doesNotHaveDuplicates();
    }
}
