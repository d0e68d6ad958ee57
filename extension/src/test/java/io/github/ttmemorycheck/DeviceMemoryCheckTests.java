package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.internal.server.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Checks that no engine asks for, each program in a JVM of its own. */
@Timeout(60)
class DeviceMemoryCheckTests {

    @TempDir
    Path directory;

    /** Runs what is named, one check after the other, and says what each came to. */
    static final class Program {

        private Program() {}

        public static void main(String[] tests) {
            TellingDevice device = new TellingDevice();
            for (String test : tests) {
                DeviceMemoryCheck check = DeviceMemoryCheck.begin(Program.class, test, device);
                if (test.startsWith("leaks")) {
                    device.held.add(new AllocatedBuffer(0, DRAM, 0x1000L * (1 + device.held.size()), 4096));
                }
                if (test.endsWith("and fails")) {
                    check.failed();
                }
                System.out.println(test + ": " + outcome(check));
            }
        }

        private static String outcome(DeviceMemoryCheck check) {
            try {
                check.close();
                check.close();
                return "passes";
            } catch (DeviceMemoryLeakError leak) {
                return leak.getMessage() + "\nexpected: " + leak.getExpected().getStringRepresentation();
            } catch (AssertionFailedError unchecked) {
                return String.valueOf(unchecked.getMessage());
            }
        }
    }

    /** Returns what a program says, and below it what it logs. */
    private String said(List<String> settings, String... tests) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        Stream.concat(settings.stream(), Stream.of("socket=" + directory.resolve("s"), "report.directory=" + directory))
                .forEach(setting -> options.add("-Dtt.memory.check." + setting));
        Path errors = directory.resolve("errors");
        try (Child child = Child.java(errors, options, Program.class, tests)) {
            byte[] said = child.process().getInputStream().readAllBytes();
            assertThat(child.exitCode()).isZero();
            return new String(said, StandardCharsets.UTF_8) + Files.readString(errors);
        }
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void a_test_that_leaves_more_than_is_allowed_fails_with_the_whole_message() throws Exception {
        String said = said(List.of("tracker=device"), "is clean", "leaks", "is clean again", "leaks again");
        assertThat(said)
                .contains("is clean: passes\n")
                .contains("\nleaks: DeviceMemoryCheckTests.Program.leaks left 4 KiB of DRAM on device 0\n")
                .contains("\n  to allow: tt.memory.check.baseline.0.dram=4KiB\n  all live buffers: ")
                .doesNotContain("@")
                .contains("\nis clean again: passes\n")
                .contains("\nleaks again: DeviceMemoryCheckTests.Program.leaks again left 4 KiB of DRAM on device 0\n");
    }

    @Test
    void what_the_settings_allow_passes_and_what_a_failed_test_leaves_is_logged() throws Exception {
        String said = said(
                List.of("tracker=device", "baseline.0.dram=4KiB"), "leaks", "leaks and fails", "is clean and fails");
        assertThat(said).contains("leaks: passes\nleaks and fails: passes\nis clean and fails: passes\n");
    }

    @Test
    void where_nothing_was_seen_that_is_said_once_or_fails_each() throws Exception {
        String nothing = "was not checked: its tests ran, and the tracker saw nothing at all";
        assertThat(unwrapped(said(List.of("tracker=embedded"), "one", "two"))).containsOnlyOnce(nothing);
        assertThat(unwrapped(said(List.of("tracker=embedded", "idle=fail"), "one", "two")))
                .contains("one: DeviceMemoryCheckTests.Program.one " + nothing)
                .contains("two: DeviceMemoryCheckTests.Program.two " + nothing);
    }

    @Test
    void what_cannot_be_measured_fails_and_what_is_turned_off_is_not_measured() throws Exception {
        assertThat(said(List.of("tracker=server"), "one"))
                .contains("one: DeviceMemoryCheckTests.Program.one could not be checked: ");
        assertThat(said(List.of("tracker=device", "mode=off"), "leaks")).contains("leaks: passes\n");
        assertThat(said(List.of("tracker=device", "mode=warn"), "leaks"))
                .contains("leaks: passes\n")
                .contains("DeviceMemoryCheckTests.Program.leaks left 4 KiB of DRAM on device 0");
    }
}
