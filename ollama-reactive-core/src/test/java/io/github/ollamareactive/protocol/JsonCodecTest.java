// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final class Repackaged extends URLClassLoader {
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
}
