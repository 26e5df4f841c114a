// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Fault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void everyFaultIsInTheTable() throws Exception {
        List<String> faults = Arrays.stream(Fault.class.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .distinct()
                .toList();
        assertThat(faults).hasSizeGreaterThan(20);
        String readme = readme();
        assertThat(faults).allSatisfy(fault -> assertThat(readme).contains("Fault." + fault + "("));
    }
}
