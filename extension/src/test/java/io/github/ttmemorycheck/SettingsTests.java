package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What is said about a setting or an attribute that is not allowed, before the first test runs. */
class SettingsTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static int testsRun;

    @TtMemoryCheck
    static class Plain {
        @Test
        void runs() {
            testsRun++;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    mode | loud | allowed are fail, warn, off
                    tracker | remote | allowed are auto, or one or several of embedded, server, shm, device with commas between
                    tracker | auto, shm | auto stands alone: it is all of embedded, server, shm, device already
                    processes | mine | allowed are run, tree, all
                    server.command | " " | it must be a command line for sh, and it is empty
                    server.log | " " | it must be a path, and it is empty
                    shm.directory | " " | it must be a path, and it is empty
                    shm.ignore | 5,x | allowed are the numbers of chips, as in tt_device_<number>_memory, with commas between
                    settle | 1 | allowed are a whole number and one of ms, s, m, for example 500ms or 1s
                    settle | -1s | allowed are a whole number and one of ms, s, m, for example 500ms or 1s
                    settle | 1441m | it is more than a day, 1440m
                    settle | 99999999999999999999ms | it is more than a day, 1440m
                    gc | sometimes | allowed are auto, always, never
                    idle | never | allowed are warn, fail, ignore
                    sites | yes | allowed are off, on
                    baseline.record | maybe | allowed are true, false
                    inconclusive | pass | allowed are fail, warn
                    socket | "" | it must be a path, and it is empty
                    report.directory | " " | it must be a path, and it is empty
                    baseline.0.dram | 36 | '36' is not a size: the unit is missing; allowed are a number and one of B, KiB, MiB, GiB, TiB, for example '36KiB'
                    baseline.*.l1 | 36KB | '36KB' is not a size: 'KB' is not a unit (write 'KiB'); allowed are a number and one of B, KiB, MiB, GiB, TiB, for example '36KiB'
                    capacity.0.dram | 12 | '12' is not a size: the unit is missing; allowed are a number and one of B, KiB, MiB, GiB, TiB, for example '36KiB'
                    capacity.*.l1 | 1GB | '1GB' is not a size: 'GB' is not a unit (write 'GiB'); allowed are a number and one of B, KiB, MiB, GiB, TiB, for example '36KiB'
                    """)
    void a_bad_value_names_the_setting_the_value_and_what_is_allowed(String name, String value, String allowed) {
        testsRun = 0;

        FixtureRun run = SERVER.launch(Plain.class, TtMemoryCheckSettings.PREFIX + name, value);

        assertThat(run.failed()).containsExactly("SettingsTests$Plain");
        String message = String.valueOf(
                run.of("SettingsTests$Plain").throwable().orElseThrow().getMessage());
        assertThat(message.lines()).allMatch(line -> line.length() <= 100);
        assertThat(message.replace("\n ", ""))
                .isEqualTo("the setting tt.memory.check." + name + " = '" + value + "' is not allowed: " + allowed);
        assertThat(testsRun).isZero();
    }

    @TtMemoryCheck
    static class LeavesEightBytes {
        @Test
        void leaves() {
            PrivateServer.client().allocate(3, MemoryKind.CIRCULAR_BUFFER, 0x1000, 8);
        }

        @AfterAll
        static void free() {
            PrivateServer.client().freeCircularBuffer(3, 0x1000, 8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.CircularBuffers", "03.circularBuffers", "3.circularBuffer", "*.CIRCULAR_BUFFER"})
    void a_baseline_counts_whatever_way_its_device_and_kind_are_spelled(String deviceAndKind) {
        FixtureRun run = SERVER.launch(LeavesEightBytes.class, TtMemoryCheckSettings.BASELINE + deviceAndKind, "8B");

        assertThat(run.failed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.circularBuffers", "3.circular_buffer", "*.circularBuffers"})
    void a_baseline_counts_in_a_test_kit_too_which_does_not_tell_its_keys(String deviceAndKind) {
        FixtureRun run = SERVER.run(LeavesEightBytes.class, TtMemoryCheckSettings.BASELINE + deviceAndKind, "8B");

        assertThat(run.failed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline.0.dram", "baseline.63.circularBuffers"})
    void a_bad_size_fails_the_class_before_its_first_test_in_a_test_kit_too(String name) {
        testsRun = 0;

        FixtureRun run = SERVER.run(Plain.class, TtMemoryCheckSettings.PREFIX + name, "bad");

        assertThat(run.failed()).containsExactly("SettingsTests$Plain");
        assertThat(run.of("SettingsTests$Plain").throwable().orElseThrow())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("the setting tt.memory.check." + name + " = 'bad' is not allowed:");
        assertThat(testsRun).isZero();
    }

    @TtMemoryCheck
    static class LeavesOnAHighDevice {
        @Test
        void leaves() {
            PrivateServer.client().allocate(64, MemoryKind.DRAM, 0x1000, 8);
        }

        @AfterAll
        static void free() {
            PrivateServer.client().free(64, 0x1000);
        }
    }

    @Test
    void a_bad_size_of_a_device_that_is_not_asked_for_at_the_start_is_said_with_its_setting() {
        FixtureRun run = SERVER.run(LeavesOnAHighDevice.class, TtMemoryCheckSettings.BASELINE + "64.dram", "bad");

        assertThat(run.of("leaves()").throwable().orElseThrow())
                .hasMessageStartingWith("the setting tt.memory.check.baseline.64.dram = 'bad' is not allowed:");
    }

    @Test
    void two_spellings_that_state_two_sizes_are_refused() {
        FixtureRun run = SERVER.launch(
                LeavesEightBytes.class,
                TtMemoryCheckSettings.BASELINE + "3.circularBuffers",
                "8B",
                TtMemoryCheckSettings.BASELINE + "03.circularBuffers",
                "16B");

        assertThat(run.of("SettingsTests$LeavesEightBytes").throwable().orElseThrow())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith(
                        "settings contradict each other: tt.memory.check.baseline.03.circularBuffers and");
    }

    @Test
    void a_number_that_no_device_has_is_refused_with_the_setting_that_names_it() {
        FixtureRun run = SERVER.launch(Plain.class, TtMemoryCheckSettings.BASELINE + "99999999999.dram", "8B");

        assertThat(run.of("SettingsTests$Plain").throwable().orElseThrow())
                .hasMessage(
                        "there is no device 99999999999, which the setting tt.memory.check.baseline.99999999999.dram names; a"
                                + "\n  device's number has 32 bits");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void an_unknown_setting_among_the_system_properties_fails_the_class_before_its_first_test() {
        testsRun = 0;
        System.setProperty("tt.memory.check.setle", "1s");
        try {
            assertThat(SERVER.run(Plain.class)
                            .of("SettingsTests$Plain")
                            .throwable()
                            .orElseThrow())
                    .hasMessageStartingWith(
                            "there is no setting tt.memory.check.setle; did you mean tt.memory.check.settle?");
        } finally {
            System.clearProperty("tt.memory.check.setle");
        }
        assertThat(testsRun).isZero();
    }

    @Test
    void an_unknown_setting_in_the_request_of_the_launcher_fails_the_class_before_its_first_test() {
        testsRun = 0;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Plain.class))
                .configurationParameter("tt.memory.check.gcc", "never")
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);

        assertThat(summary.getSummary().getFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException())
                        .hasMessageStartingWith(
                                "there is no setting tt.memory.check.gcc; did you mean tt.memory.check.gc?"));
        assertThat(testsRun).isZero();
    }

    @Test
    void a_socket_path_that_is_too_long_is_refused_with_its_length() {
        FixtureRun run = SERVER.run(Plain.class, TtMemoryCheckSettings.SOCKET, "/tmp/" + "x".repeat(102));

        assertThat(run.of("SettingsTests$Plain").throwable().orElseThrow())
                .hasMessageEndingWith("a Unix socket's path has at most 106 bytes, and this one has 107");
    }

    @TtMemoryCheck
    static class BadSize {
        @Test
        @MemoryBaseline(device = 3, dram = "lots")
        void runs() {
            testsRun++;
        }

        @Test
        void another() {
            testsRun++;
        }
    }

    @Test
    void a_bad_size_on_one_method_is_said_before_any_test_of_the_class() {
        testsRun = 0;

        FixtureRun run = SERVER.run(BadSize.class);

        assertThat(run.of("SettingsTests$BadSize").throwable().orElseThrow())
                .hasMessage(
                        "@MemoryBaseline(dram = \"lots\") on SettingsTests.BadSize.runs(): 'lots' is not a size: it must"
                                + " be a number and a unit; allowed are a number and one of B, KiB, MiB, GiB, TiB, for example"
                                + " '36KiB'");
        assertThat(testsRun).isZero();
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1KiB")
    @MemoryBaseline(dram = "2KiB")
    static class Conflict {
        @Test
        void runs() {}
    }

    @Test
    void two_sizes_for_the_same_device_and_kind_are_refused() {
        assertThat(SERVER.run(Conflict.class)
                        .of("SettingsTests$Conflict")
                        .throwable()
                        .orElseThrow())
                .hasMessageContaining("@MemoryBaseline on SettingsTests.Conflict states two sizes");
    }

    @TtMemoryCheck(warmups = -1)
    static class BadWarmups {
        @Test
        void runs() {}
    }

    @TtMemoryCheck(growthTolerance = "4")
    static class BadTolerance {
        @Test
        void runs() {}
    }

    @Test
    void bad_attributes_of_the_check_are_refused() {
        assertThat(SERVER.run(BadWarmups.class)
                        .of("SettingsTests$BadWarmups")
                        .throwable()
                        .orElseThrow())
                .hasMessage(
                        "@TtMemoryCheck on SettingsTests.BadWarmups: the number of warm-ups must be 0 or more, not -1");
        assertThat(SERVER.run(BadTolerance.class)
                        .of("SettingsTests$BadTolerance")
                        .throwable()
                        .orElseThrow())
                .hasMessageStartingWith(
                        "@TtMemoryCheck on SettingsTests.BadTolerance: growthTolerance: '4' is not a size");
    }

    @TtMemoryCheck
    static class BadWarmupsOnOneMethod {
        @Test
        void another() {
            testsRun++;
        }

        @Test
        @TtMemoryCheck(warmups = -1)
        void runs() {
            testsRun++;
        }
    }

    @Test
    void bad_attributes_on_one_method_are_said_before_any_test_of_the_class() {
        testsRun = 0;

        FixtureRun run = SERVER.run(BadWarmupsOnOneMethod.class);

        assertThat(run.of("SettingsTests$BadWarmupsOnOneMethod").throwable().orElseThrow())
                .hasMessage(
                        "@TtMemoryCheck on SettingsTests.BadWarmupsOnOneMethod.runs(): the number of warm-ups must be"
                                + " 0 or more, not -1");
        assertThat(testsRun).isZero();
    }
}
