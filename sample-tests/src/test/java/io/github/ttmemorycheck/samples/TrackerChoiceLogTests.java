package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Which tracker is used, and why, is logged once a run and stands in each message. */
@Timeout(60)
class TrackerChoiceLogTests {

    @TempDir
    Path directory;

    @Test
    void the_choice_and_its_reason_are_logged_once_and_stand_in_each_message() {
        Map<String, String> settings = SampleTracker.settingsOfKit();
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OneDeviceLeakTests.class), selectClass(WeightsLeakTests.class));
        settings.forEach(kit::configurationParameter);
        kit.configurationParameter(TtMemoryCheckSettings.TRACKER, "auto");
        kit.configurationParameter(TtMemoryCheckSettings.SHM_DIRECTORY, directory.toString());
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Events failed;
        try {
            failed = kit.execute().testEvents().failed();
        } finally {
            System.setErr(console);
        }
        String line = log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(text -> text.contains("device memory is tracked by the "))
                .reduce((first, second) -> first + "\nand again: " + second)
                .orElseThrow();
        assertThat(line).doesNotContain("and again").contains("; chosen since ");
        String reason = line.replaceFirst(".*; chosen since ", "");
        assertThat(failed.list()).hasSize(2).allSatisfy(event -> {
            Throwable leak = event.getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .orElseThrow();
            assertThat(String.valueOf(leak.getMessage()).replaceAll("\\s+", " "))
                    .contains("(auto: " + reason.replaceAll("\\s+", " ") + ")");
        });
    }
}
