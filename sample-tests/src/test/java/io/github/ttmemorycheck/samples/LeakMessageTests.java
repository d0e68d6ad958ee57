package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.DeviceMemoryLeakError;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every sample that leaks, and holds its whole messages against {@code leaks/<class>.txt}. What was really printed is written
 * to {@code target/leaks}, to be read, and copied where a message has changed for the better.
 */
@Timeout(60)
class LeakMessageTests {

    private static final Logger LOG = LoggerFactory.getLogger(LeakMessageTests.class);
    private static final Path PRINTED = Path.of("target", "leaks");

    @ParameterizedTest
    @MethodSource("leaks")
    void a_leak_fails_with_the_message_of_its_golden_file(Class<?> leak) throws IOException {
        List<Event> failures = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(leak))
                // The kit hides the system properties from its tests, and the device reports to this socket.
                .configurationParameter(
                        SimulatedMeshDevice.SOCKET_PROPERTY, System.getProperty(SimulatedMeshDevice.SOCKET_PROPERTY))
                .execute()
                .allEvents()
                .failed()
                .list();

        String printed = failures.stream().map(LeakMessageTests::text).collect(Collectors.joining("\n"));
        Files.createDirectories(PRINTED);
        Files.writeString(PRINTED.resolve(leak.getSimpleName() + ".txt"), printed);
        assertThat(printed).isEqualTo(golden(leak));
        String shows = leak.getAnnotation(Shows.class).value();
        LOG.info("checked on a SIMULATED mesh: {} - {}: fails, as it must, and says so", leak.getSimpleName(), shows);
    }

    @Test
    void every_leaking_sample_has_the_tag_that_keeps_it_out_of_the_build() {
        assertThat(leaks()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(leaks())
                .filteredOn(leak -> !"leaks".equals(tag(leak)))
                .as("without the tag")
                .isEmpty();
    }

    private static String tag(Class<?> leak) {
        return leak.isAnnotationPresent(Tag.class)
                ? leak.getAnnotation(Tag.class).value()
                : "";
    }

    /** Returns the top-level classes of this package that are named as leaks. */
    static List<Class<?>> leaks() {
        return ReflectionSupport.findAllClassesInPackage(
                        LeakMessageTests.class.getPackageName(),
                        type -> type.getEnclosingClass() == null,
                        name -> name.endsWith("LeakTests"))
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static String text(Event failure) {
        Throwable thrown = failure.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
        assertThat(thrown).isInstanceOf(DeviceMemoryLeakError.class);
        assertThat(thrown).hasNoSuppressedExceptions();
        return VolatileText.normalized(thrown.getMessage());
    }

    private static String golden(Class<?> leak) throws IOException {
        String name = "/leaks/" + leak.getSimpleName() + ".txt";
        try (InputStream file = LeakMessageTests.class.getResourceAsStream(name)) {
            assertThat(file)
                    .as("src/test/resources%s; what was printed is in %s", name, PRINTED)
                    .isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
