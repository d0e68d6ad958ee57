package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.internal.runreport.ReportSchema;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Classes of which tests are checked and the whole is not, in which nothing is seen. */
@Timeout(60)
class IdleClassTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @Retention(RetentionPolicy.RUNTIME)
    @Test
    @TtMemoryCheck
    @interface DeviceTest {}

    static class OneMethod {

        @DeviceTest
        void uses_no_device() {}

        @Test
        void is_not_checked() {}
    }

    static class SeveralMethods {

        @DeviceTest
        void first() {}

        @TtMemoryCheck
        @RepeatedTest(3)
        void second() {}

        @Nested
        class Inner {

            @DeviceTest
            void third() {}
        }
    }

    static class OnlyInside {

        @Nested
        class Inner {

            @DeviceTest
            void uses_no_device() {}
        }
    }

    static class RegisteredForEachInstance {

        @RegisterExtension
        final TtMemoryCheckExtension memory = TtMemoryCheckExtension.builder().build();

        @Test
        void uses_no_device() {}
    }

    @Test
    void fails_where_that_is_wanted_as_an_annotated_class_does() {
        for (Class<?> idle :
                List.of(OneMethod.class, SeveralMethods.class, OnlyInside.class, RegisteredForEachInstance.class)) {
            FixtureRun run = SERVER.run(idle, TtMemoryCheckSettings.IDLE, "fail");

            String name = "IdleClassTests$" + idle.getSimpleName();
            assertThat(run.failed()).containsExactly(name);
            assertThat(run.of(name).throwable().orElseThrow())
                    .hasMessageStartingWith("IdleClassTests." + idle.getSimpleName()
                            + " was not checked: its tests ran, and the tracker saw nothing");
        }
    }

    @Test
    void is_warned_of_once_or_ignored(@TempDir Path warned, @TempDir Path ignored) throws IOException {
        List<Class<?>> idle = List.of(OneMethod.class, SeveralMethods.class);
        String directory = TtMemoryCheckSettings.REPORT_DIRECTORY;

        assertThat(SERVER.run(idle, directory, warned.toString()).failed()).isEmpty();
        assertThat(unchecked(warned))
                .containsExactly(
                        "IdleClassTests.OneMethod was not checked: its tests ran, and the tracker saw nothing at all",
                        "IdleClassTests.SeveralMethods was not checked: its tests ran, and the tracker saw nothing at"
                                + " all");

        SERVER.run(idle, directory, ignored.toString(), TtMemoryCheckSettings.IDLE, "ignore");
        assertThat(unchecked(ignored)).isEmpty();
    }

    @TtMemoryCheck
    static class FreesWhatADeviceTells {

        static TellingDevice device;

        @BeforeAll
        static void open() {
            device = new TellingDevice();
        }

        @Test
        void frees() {
            device.held.add(new AllocatedBuffer(0, DRAM, 0x1000, 64));
            device.held.clear();
        }
    }

    static class FreesInOneMethod {

        static final TellingDevice DEVICE = new TellingDevice();

        @DeviceTest
        void frees() {
            DEVICE.held.add(new AllocatedBuffer(0, DRAM, 0x1000, 64));
            DEVICE.held.clear();
        }
    }

    @Test
    void a_device_that_tells_that_it_holds_nothing_was_seen() {
        assertThat(SERVER.run(
                                List.of(FreesWhatADeviceTells.class, FreesInOneMethod.class),
                                TtMemoryCheckSettings.IDLE,
                                "fail")
                        .failed())
                .isEmpty();
    }

    static class SeenInsideAlone {

        @DeviceTest
        void uses_no_device() {}

        @Nested
        class Inner {

            @DeviceTest
            void allocates() {
                FixtureTensor.of(1).close();
            }
        }
    }

    static class SeenBeforeTheFirstTest {

        @BeforeAll
        static void open() {
            FixtureTensor.of(1).close();
        }

        @DeviceTest
        void uses_no_device() {}
    }

    static class HeldBeforeTheFirstTest {

        @BeforeAll
        static void open() {
            PrivateServer.client().allocate(0, DRAM, 64, 64);
        }

        @DeviceTest
        void uses_no_device() {}
    }

    static class NothingRuns {

        @DeviceTest
        @Disabled("so that nothing runs")
        void does_not_run() {}
    }

    @Test
    void is_not_said_of_a_class_of_which_something_was_seen_or_no_test_ran() {
        String[] fail = {TtMemoryCheckSettings.IDLE, "fail"};

        assertThat(SERVER.run(SeenInsideAlone.class, fail).failed()).isEmpty();
        assertThat(SERVER.run(HeldBeforeTheFirstTest.class, fail).failed()).isEmpty();
        assertThat(SERVER.run(NothingRuns.class, fail).failed()).isEmpty();
        assertThat(SERVER.run(List.of(OneMethod.class, SeenBeforeTheFirstTest.class), fail)
                        .failed())
                .containsExactly("IdleClassTests$OneMethod");
    }

    static class BesideCheckedInside {

        @DeviceTest
        void uses_no_device() {}

        @TtMemoryCheck
        @Nested
        class Inner {

            @Test
            void uses_none_either() {}
        }
    }

    @Test
    void is_said_of_a_class_and_of_one_in_it_that_is_checked_as_a_whole() {
        assertThat(SERVER.run(BesideCheckedInside.class, TtMemoryCheckSettings.IDLE, "fail")
                        .failed())
                .containsExactly("Inner", "IdleClassTests$BesideCheckedInside");
    }

    private static List<String> unchecked(Path directory) throws IOException {
        return ReportSchema.read(directory.resolve("report.json"))
                .at("/summary/unchecked")
                .valueStream()
                .map(what -> what.get("why").asString())
                .toList();
    }
}
