// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ollamareactive.decision.DecisionRequest;
import io.github.ollamareactive.decision.Question;
import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.JsonSchema;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.protocol.Images;
import io.github.ollamareactive.protocol.JsonType;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonWritable;
import io.github.ollamareactive.protocol.KeepAlive;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import io.github.ollamareactive.protocol.ToolCall;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.server.WebSearchRequest;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A null where a value belongs is refused at the call that got it, by the name of the parameter. */
final class NullArgumentsTest {
    private record Empty() {}

    private record One(String component) {}

    private static final ToolCall CALL = new ToolCall(null, null, "f", JsonObject.EMPTY);

    /** One of each class, to call its methods on. */
    private static final List<Object> REQUESTS = List.of(
            ChatRequest.of("m"),
            GenerateRequest.of("m", ""),
            LoadRequest.of("m"),
            Tool.of(JsonObject.EMPTY),
            JsonSchema.object(),
            EmbedRequest.of("m"),
            EmbeddingsRequest.of("m", ""),
            CreateRequest.of("m"),
            PullRequest.of("m"),
            PushRequest.of("m"),
            ShowRequest.of("m"),
            UsageRequest.create(),
            DecisionRequest.of("m", "s"),
            Question.yesNo("i"),
            WebSearchRequest.of("q"),
            Message.user(""),
            ModelOptions.create());

    private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

    static {
        for (Object sample : List.of(
                "sha256:aa",
                1,
                1L,
                1.0,
                true,
                Duration.ofSeconds(1),
                new byte[1],
                JsonObject.EMPTY,
                KeepAlive.UNLOAD,
                Think.LOW,
                Format.JSON,
                CALL)) {
            SAMPLES.put(sample.getClass(), sample);
        }
        REQUESTS.forEach(request -> SAMPLES.put(request.getClass(), request));
        SAMPLES.put(RecordComponent.class, One.class.getRecordComponents()[0]);
        SAMPLES.put(JsonType.class, new JsonType<List<String>>() {});
        SAMPLES.put(int.class, 1);
        SAMPLES.put(long.class, 1L);
        SAMPLES.put(double.class, 1.0);
        SAMPLES.put(boolean.class, true);
        SAMPLES.put(float.class, 1f);
        SAMPLES.put(Path.class, Path.of("none"));
        SAMPLES.put(List.class, List.of());
        SAMPLES.put(Map.class, Map.of("a", "x", "b", "y"));
        SAMPLES.put(JsonWritable.class, JsonObject.EMPTY);
        SAMPLES.put(Object.class, "text");
        SAMPLES.put(Class.class, Empty.class);
        SAMPLES.put(JsonValue.class, JsonObject.EMPTY);
    }

    private static Object sample(Class<?> type) {
        return type.isArray() && type != byte[].class
                ? Array.newInstance(type.getComponentType(), 0)
                : SAMPLES.get(type);
    }

    @Test
    void everyRequestIsTried() {
        Set<Class<?>> all = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.github.ollamareactive")
                        .stream()
                        .filter(type -> type.isAssignableTo(RequestFields.class)
                                && !type.getModifiers()
                                        .contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT))
                        .map(JavaClass::reflect)
                        .collect(Collectors.toSet());
        assertThat(REQUESTS.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(all);
    }

    @TestFactory
    Stream<DynamicTest> nullsAreRefusedByName() {
        Stream<Object> targets = Stream.concat(REQUESTS.stream(), Stream.of(KeepAlive.UNLOAD, Think.LOW, CALL));
        Stream<DynamicTest> methods =
                targets.flatMap(target -> Arrays.stream(target.getClass().getMethods())
                        .filter(m -> isOurs(m))
                        .flatMap(m -> cases(m, arguments -> m.invoke(target, arguments))));
        Stream<DynamicTest> constructors = Stream.of(KeepAlive.class, ToolCall.class)
                .flatMap(type -> Arrays.stream(type.getConstructors()))
                .flatMap(c -> cases(c, c::newInstance));
        Stream<DynamicTest> images = Arrays.stream(Images.class.getMethods())
                .filter(m -> isOurs(m) && !m.getName().equals("append"))
                .flatMap(m -> cases(m, arguments -> m.invoke(null, arguments)));
        return Stream.of(methods, constructors, images).flatMap(s -> s);
    }

    private static boolean isOurs(Method method) {
        return method.getDeclaringClass().getName().startsWith("io.github.ollamareactive")
                && !method.isBridge()
                && !method.getName().equals("equals")
                && !(method.getName().equals("valueOf") && Modifier.isStatic(method.getModifiers()));
    }

    private interface Call {
        Object with(Object[] arguments) throws ReflectiveOperationException;
    }

    private static Stream<DynamicTest> cases(Executable method, Call call) {
        List<DynamicTest> cases = new ArrayList<>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = parameters[i];
            if (parameter.getType().isPrimitive()
                    || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                continue;
            }
            cases.add(refused(method, call, i, null));
            if (parameter.getType() == List.class) {
                cases.add(refused(method, call, i, Collections.singletonList(null)));
            } else if (parameter.getType().isArray()
                    && !parameter.getType().getComponentType().isPrimitive()) {
                cases.add(refused(
                        method, call, i, Array.newInstance(parameter.getType().getComponentType(), 1)));
            }
        }
        return cases.stream();
    }

    private static DynamicTest refused(Executable method, Call call, int index, @Nullable Object bad) {
        Parameter[] parameters = method.getParameters();
        String name = parameters[index].getName();
        String title = "F5 " + method.getDeclaringClass().getSimpleName() + "." + method.getName() + " "
                + (bad == null ? name : name + " with a null in it");
        return DynamicTest.dynamicTest(title, () -> {
            Object[] arguments = new Object[parameters.length];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = sample(parameters[i].getType());
                assertThat(arguments[i]).as("a sample of %s", parameters[i]).isNotNull();
            }
            arguments[index] = bad;
            Throwable thrown = catchThrowable(() -> call.with(arguments));
            assertThat(thrown).isInstanceOf(InvocationTargetException.class);
            assertThat(thrown.getCause())
                    .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
                    .hasMessageStartingWith(name);
        });
    }
}
