package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that every public method that takes something from an application refuses null at once and names the parameter.
 */
@Timeout(30)
class NullTest {
    /** Types that this package creates and an application only reads, or that an application implements. */
    private static final Set<Class<?>> NOT_GIVEN_ANYTHING = Set.of(
            AcceptedStream.class,
            AnswerStatus.class,
            ClockOffset.class,
            FrameAnswer.class,
            ModelReference.class,
            ModelRepositoryState.class,
            ModelVersionState.class,
            ServedModel.class,
            StreamEnd.class,
            StreamLimits.class,
            StreamListener.class,
            Timings.class);

    private static final FakeClassifier SERVER = FakeClassifier.answeringAtOnce(1);
    private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

    private static ScopegateClient client;

    /** One parameter of one method. */
    record Place(Executable method, int position) {
        Parameter parameter() {
            return method.getParameters()[position];
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + parameter() + ")";
        }
    }

    @BeforeAll
    static void makeSamples() {
        StreamOptions options = StreamOptions.of("tower-1", FrameFormat.jpeg()).build();
        client = SERVER.client();
        List.of(
                        client,
                        client.open(options),
                        client.admin(Duration.ofSeconds(20)),
                        options,
                        ScopegateClient.to("fake:1"),
                        StreamOptions.of("tower-1", FrameFormat.jpeg()),
                        FrameFormat.jpeg(),
                        Frame.encoded(1, Instant.EPOCH, new byte[] {1}),
                        ModelSelection.named("gate"),
                        TlsFiles.trustingTheJvm(),
                        "text",
                        new byte[] {1})
                .forEach(sample -> SAMPLES.put(sample.getClass(), sample));
        SAMPLES.putAll(Map.of(
                int.class,
                1,
                long.class,
                1L,
                Instant.class,
                Instant.EPOCH,
                Duration.class,
                Duration.ofSeconds(1),
                PixelFormat.class,
                PixelFormat.JPEG,
                ColorMatrix.class,
                ColorMatrix.BT601,
                ColorRange.class,
                ColorRange.FULL,
                Path.class,
                Path.of("file"),
                Optional.class,
                Optional.empty()));
        SAMPLES.put(List.class, List.of(Plane.of(new byte[] {1})));
        SAMPLES.put(ByteBuffer.class, ByteBuffer.allocate(1));
    }

    @AfterAll
    static void close() {
        client.close();
        SERVER.close();
    }

    @ParameterizedTest
    @MethodSource("places")
    void nullIsRefusedAtOnceAndTheParameterNamed(Place place) {
        assertThat(catchThrowable(() -> callWithNullAt(place)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(place.parameter().getName());
    }

    @Test
    void checkedParametersIncludeTheStreamProtections() {
        assertThat(places().map(Place::toString))
                .contains(
                        "Builder.smoothing(io.scopegate.client.Smoothing smoothing)",
                        "Builder.frozenPictureDetection(io.scopegate.client.FrozenPictureDetection detection)",
                        "ScopegateClient.open(io.scopegate.client.StreamOptions options)");
    }

    static Stream<Place> places() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.scopegate.client")
                        .stream()
                        .filter(ArchitectureTest::reachable)
                        .map(JavaClass::reflect)
                        .filter(type -> !type.isEnum() && !NOT_GIVEN_ANYTHING.contains(type))
                        .flatMap(NullTest::places);
    }

    private static Stream<Place> places(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().equals("equals"))
                // It never throws; see CurrentVerdictTest.
                .filter(method -> !method.getName().equals("currentVerdict"))
                .flatMap(method -> IntStream.range(0, method.getParameterCount())
                        .filter(i -> !method.getParameterTypes()[i].isPrimitive())
                        .mapToObj(i -> new Place(method, i)));
    }

    private static void callWithNullAt(Place place) throws Throwable {
        Class<?>[] types = place.method().getParameterTypes();
        @Nullable
        Object[] arguments = IntStream.range(0, types.length)
                .mapToObj(i -> i == place.position() ? null : sample(types[i]))
                .toArray();
        try {
            if (place.method() instanceof Method method) {
                method.invoke(
                        Modifier.isStatic(method.getModifiers()) ? null : sample(method.getDeclaringClass()),
                        arguments);
            } else {
                ((Constructor<?>) place.method()).newInstance(arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object sample(Class<?> type) {
        return Objects.requireNonNull(SAMPLES.get(type), () -> "no sample of " + type);
    }
}
