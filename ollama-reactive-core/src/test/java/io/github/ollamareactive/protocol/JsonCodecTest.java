// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the codec is found. */
final class JsonCodecTest {
    /** What is left of the library in a jar that was repackaged without its service files. */
    private static class Repackaged extends URLClassLoader {
        Repackaged() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toArray(URL[]::new);
        }

        private static boolean isHidden(String name) {
            return name.startsWith("META-INF/services/io.github.ollamareactive.");
        }

        @Override
        public @Nullable URL findResource(String name) {
            return isHidden(name) ? null : super.findResource(name);
        }

        @Override
        public Enumeration<URL> findResources(String name) throws IOException {
            return isHidden(name) ? Collections.emptyEnumeration() : super.findResources(name);
        }
    }

    @Test
    void b5IsFoundWithoutServiceFiles() throws Exception {
        try (Repackaged loader = new Repackaged()) {
            Class<?> client = loader.loadClass("io.github.ollamareactive.OllamaClient");
            assertThat(client.getClassLoader()).isSameAs(loader);
            ((AutoCloseable) client.getMethod("create", String.class).invoke(null, "127.0.0.1:1")).close();
            Object value = loader.loadClass(JsonValue.class.getName())
                    .getMethod("parse", String.class)
                    .invoke(null, "{\"a\":[1.50]}");
            assertThat(value).hasToString("{\"a\":[1.50]}");
        }
    }

    /** As beside a platform that manages annotations of 2.19: what needs no annotation works, the rest says what is missing. */
    @Test
    void f2AnnotationsThatAreTooOldAreNamed() throws Exception {
        try (URLClassLoader loader = new Repackaged() {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals("com.fasterxml.jackson.annotation.JsonSerializeAs")) {
                    throw new ClassNotFoundException(name);
                }
                return super.findClass(name);
            }
        }) {
            Class<?> json = loader.loadClass(JsonValue.class.getName());
            Object value = json.getMethod("parse", String.class).invoke(null, "{\"a\":1}");
            assertThat(value).hasToString("{\"a\":1}");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> json.getMethod("as", Class.class).invoke(value, Thread.class))
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("jackson-annotations 2.21 or newer; here is 2.");
            }
        }
    }
}
