package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Which tracker is used, and why, is logged once a run and stands in each message. */
@Timeout(60)
class TrackerChoiceLogTests {

    @TempDir
    Path directory;

    private record Logged(List<String> lines, Events failed) {

        List<String> of(String text) {
            return lines.stream().filter(line -> line.contains(text)).toList();
        }
    }

    private Logged run(Class<?>... samples) {
        Map<String, String> settings = SampleTracker.settingsOfKit();
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .selectors(
                        Stream.of(samples).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new));
        settings.forEach(kit::configurationParameter);
        kit.configurationParameter(TtMemoryCheckSettings.TRACKER, "auto");
        kit.configurationParameter(TtMemoryCheckSettings.SHM_DIRECTORY, directory.toString());
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Events failed = kit.execute().testEvents().failed();
            return new Logged(log.toString(StandardCharsets.UTF_8).lines().toList(), failed);
        } finally {
            System.setErr(console);
        }
    }

    @Test
    void the_choice_and_its_reason_are_logged_once_and_stand_in_each_message() {
        Logged run = run(OneDeviceLeakTests.class, WeightsLeakTests.class);

        assertThat(run.of("device memory is tracked by the "))
                .singleElement()
                .asString()
                .contains("; chosen since ");
        String reason = run.of("device memory is tracked by the ").get(0).replaceFirst(".*; chosen since ", "");
        assertThat(run.failed().list()).hasSize(2).allSatisfy(event -> {
            Throwable leak = event.getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .orElseThrow();
            assertThat(String.valueOf(leak.getMessage()).replaceAll("\\s+", " "))
                    .contains("(auto: " + reason.replaceAll("\\s+", " ") + ")");
        });
    }

    @Test
    void what_an_absent_source_could_add_is_said_once_where_something_leaks() {
        assertThat(run(OneDeviceLeakTests.class, WeightsLeakTests.class).of("no region in "))
                .singleElement()
                .asString()
                .endsWith("no region in " + directory
                        + " tells of a device: what a process holds that reports to no server cannot be seen");
        assertThat(run(OneDeviceTests.class).of("no region in ")).isEmpty();
    }
}
