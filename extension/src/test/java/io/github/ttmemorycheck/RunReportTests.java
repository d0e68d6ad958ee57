package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.internal.runreport.ReportSchema;
import io.github.ttmemorycheck.internal.settings.Idle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;
import tools.jackson.databind.JsonNode;

/** What the report of a run says about tests, run by JUnit's test kit into a folder of their own. */
@Timeout(60)
class RunReportTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @BeforeEach
    @AfterEach
    void forget_the_reports_of_earlier_tests() throws IOException {
        Files.deleteIfExists(SERVER.directory().resolve("report").resolve("report.json"));
    }

    private static JsonNode report() throws IOException {
        return ReportSchema.read(SERVER.directory().resolve("report").resolve("report.json"))
                .get("runs")
                .valueStream()
                .reduce((one, later) -> later)
                .orElseThrow();
    }

    /** The check of what is named, for example {@code test Mixed.a_is_clean()}. */
    private static JsonNode check(JsonNode run, String name) {
        return run.get("checks")
                .valueStream()
                .filter(check -> name.equals(check.get("scope").asString() + " "
                        + check.get("name").asString().replaceFirst("RunReportTests\\.", "")))
                .findFirst()
                .orElseThrow();
    }

    @TtMemoryCheck
    @MemoryBaseline(device = 1, dram = "4KiB")
    static class Mixed {

        static final FixtureDevice DEVICE = new FixtureDevice();

        @Test
        void a_is_clean() {
            PrivateServer.client().allocate(0, DRAM, 0x1000, 4096);
            PrivateServer.client().free(0, 0x1000);
        }

        @Test
        void b_leaks() {
            PrivateServer.client().allocate(3, DRAM, 0x2000, 8192);
        }

        @Test
        void c_leaves_what_is_allowed() {
            PrivateServer.client().allocate(1, DRAM, 0x3000, 4096);
        }

        @Test
        @KnownLeak(reason = "it is known")
        void d_leaks_what_is_known() {
            PrivateServer.client().allocate(2, DRAM, 0x4000, 4096);
        }

        @Test
        @KnownLeak(reason = "it was known")
        void e_does_not_leak_any_more() {}

        @Test
        void f_frees_what_b_left() {
            PrivateServer.client().free(3, 0x2000);
        }

        @Test
        void g_fails_by_itself() {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void each_test_is_in_it_with_its_verdict_what_it_left_and_what_it_cost() throws IOException {
        SERVER.run(Mixed.class);
        JsonNode run = report();

        assertThat(check(run, "test Mixed.a_is_clean()").get("verdict").asString())
                .isEqualTo("clean");
        assertThat(check(run, "test Mixed.a_is_clean()").has("left")).isFalse();
        JsonNode leak = check(run, "test Mixed.b_leaks()");
        assertThat(leak.get("verdict").asString()).isEqualTo("leaked");
        assertThat(leak.get("after").toString()).isEqualTo("[{\"devices\":[[3,3]],\"kind\":\"DRAM\",\"bytes\":8192}]");
        assertThat(leak.at("/left/0/left").asLong()).isEqualTo(8192);
        assertThat(leak.at("/cost/measure").asLong()).isPositive();
        assertThat(check(run, "test Mixed.c_leaves_what_is_allowed()")
                        .get("verdict")
                        .asString())
                .isEqualTo("within-baseline");
        assertThat(check(run, "test Mixed.d_leaks_what_is_known()")
                        .get("verdict")
                        .asString())
                .isEqualTo("known");
        assertThat(check(run, "test Mixed.g_fails_by_itself()").get("outcome").asString())
                .isEqualTo("failed");
    }

    @Test
    void leaks_waivers_late_releases_and_holders_are_in_it() throws IOException {
        SERVER.run(Mixed.class);
        JsonNode run = report();

        assertThat(run.get("failures")
                        .valueStream()
                        .map(failure -> failure.get("kind").asString() + " "
                                + failure.get("name").asString()))
                .containsExactly(
                        "leak RunReportTests.Mixed.b_leaks()",
                        "waiver RunReportTests.Mixed.e_does_not_leak_any_more()");
        JsonNode leak = run.at("/failures/0/leak");
        assertThat(leak.at("/buffers/0/address").asString()).isEqualTo("0x2000");
        assertThat(SERVER.directory().resolve("report").resolve(leak.get("dump").asString()))
                .exists();
        assertThat(run.get("waivers")
                        .valueStream()
                        .map(waiver -> waiver.get("state").asString()))
                .containsExactly("used", "unused");
        assertThat(run.at("/lateReleases/0/holder").asString()).isEqualTo("RunReportTests.Mixed.b_leaks()");
        assertThat(run.at("/lateReleases/0/during").asString()).isEqualTo("RunReportTests.Mixed.f_frees_what_b_left()");
        assertThat(run.at("/ledger/holdings")
                        .valueStream()
                        .map(holding -> holding.get("holder").asString() + " on "
                                + holding.get("device").asInt()))
                .containsExactlyInAnyOrder(
                        "RunReportTests.Mixed.c_leaves_what_is_allowed() on 1",
                        "RunReportTests.Mixed.d_leaks_what_is_known() on 2");
        assertThat(run.get("settings")
                        .valueStream()
                        .map(setting -> setting.get("name").asString()))
                .contains(TtMemoryCheckSettings.MODE, TtMemoryCheckSettings.SOCKET);
        assertThat(run.get("tracker").asString()).startsWith("embedded tracker, ");
    }

    @Test
    void classes_of_one_name_in_two_packages_share_nothing() throws IOException {
        Class<?> one = io.github.ttmemorycheck.homonym.one.Llama.Fixture.doing(
                () -> PrivateServer.client().allocate(0, DRAM, 0x1000, 4096));
        Class<?> two = io.github.ttmemorycheck.homonym.two.Llama.Fixture.doing(() -> {
            PrivateServer.client().free(0, 0x1000);
            PrivateServer.client().allocate(0, DRAM, 0x2000, 8192);
        });
        SERVER.run(List.of(one, two));
        JsonNode run = report();

        assertThat(run.get("checks")
                        .valueStream()
                        .filter(check -> check.get("scope").asString().equals("test"))
                        .map(check -> check.get("class").asString() + " "
                                + check.at("/left/0/left").asLong()))
                .containsExactly(one.getName() + " 4096", two.getName() + " 8192");
        assertThat(run.get("failures")
                        .valueStream()
                        .map(failure -> failure.at("/leak/dump").asString()))
                .containsExactly(
                        "io.github.ttmemorycheck.homonym.one.Llama.Fixture.decodes.dump.txt",
                        "io.github.ttmemorycheck.homonym.two.Llama.Fixture.decodes.dump.txt")
                .allSatisfy(
                        dump -> assertThat(SERVER.directory().resolve("report").resolve(dump))
                                .isNotEmptyFile());
        JsonNode late = run.at("/lateReleases/0");
        assertThat(late.get("holder").asString()).isEqualTo(late.get("during").asString());
        assertThat(late.at("/holderSubject/class").asString()).isEqualTo(one.getName());
        assertThat(late.at("/duringSubject/id").asString()).contains("homonym.two.Llama");
        assertThat(run.at("/ledger/holdings")
                        .valueStream()
                        .map(holding -> holding.at("/holderSubject/class").asString()))
                .containsExactly(two.getName());
    }

    @TtMemoryCheck
    static class Growing {

        private static int repetition;

        @RepeatedTest(4)
        @MemoryBaseline(dram = "1MiB")
        void grows() {
            PrivateServer.client().allocate(0, DRAM, 0x10_000 + 4096L * repetition++, 4096);
        }
    }

    @Test
    void growth_is_in_it_for_all_repetitions_together() throws IOException {
        SERVER.run(Growing.class);

        JsonNode run = report();
        assertThat(check(run, "repetitions Growing.grows()").get("verdict").asString())
                .isEqualTo("grew");
        assertThat(run.at("/failures/0/kind").asString()).isEqualTo("growth");
        assertThat(run.at("/failures/0/scope").asString()).isEqualTo("repetitions");
    }

    @TtMemoryCheck
    static class Idle {

        @Test
        void does_nothing() {}
    }

    @Test
    void a_class_in_which_nothing_was_seen_is_not_checked() throws IOException {
        SERVER.run(Idle.class);

        assertThat(report().at("/failures/0/kind").asString()).isEqualTo("unchecked");
        assertThat(report().at("/failures/0/failed").asBoolean()).isFalse();
    }

    @Test
    void a_recorded_baseline_that_cannot_be_written_does_not_keep_the_report_from_it() throws IOException {
        Path file = Files.writeString(SERVER.directory().resolve("a-file"), "");
        FixtureRun run = SERVER.run(
                Mixed.class,
                TtMemoryCheckSettings.BASELINE_FILE,
                file.resolve("baseline.txt").toString(),
                TtMemoryCheckSettings.BASELINE_RECORD,
                "true");

        assertThat(run.failed()).anyMatch(name -> name.contains("Jupiter"));
        assertThat(check(report(), "test Mixed.a_is_clean()").get("verdict").asString())
                .isEqualTo("clean");
    }

    @Test
    void nothing_is_written_when_the_check_is_off() {
        SERVER.run(Mixed.class, TtMemoryCheckSettings.MODE, "off");

        assertThat(SERVER.directory().resolve("report").resolve("report.json")).doesNotExist();
    }

    @Test
    void a_run_of_the_test_kit_without_a_folder_of_its_own_writes_nothing() throws IOException {
        Path byDefault = Path.of("target", "tt-memory-check", "report.json");
        String before = Files.exists(byDefault) ? Files.readString(byDefault) : "none";
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Idle.class))
                .configurationParameter(
                        TtMemoryCheckSettings.SOCKET, SERVER.server().socket().toString())
                .execute();

        assertThat(Files.exists(byDefault) ? Files.readString(byDefault) : "none")
                .isEqualTo(before);
    }

    private static List<Map<String, String>> entries(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter(
                        TtMemoryCheckSettings.SOCKET, SERVER.server().socket().toString())
                .configurationParameter(
                        TtMemoryCheckSettings.REPORT_DIRECTORY,
                        SERVER.directory().resolve("report").toString())
                .configurationParameter(TtMemoryCheckSettings.SETTLE, "0s")
                .execute()
                .allEvents()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .toList();
    }

    @Test
    void growth_is_published_with_the_sentence_that_its_message_begins_with() {
        assertThat(entries(Growing.class))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry(
                                "tt-memory-check.leak",
                                "RunReportTests.Growing.grows() grew by 4 KiB of DRAM on device 0 at every repetition")
                        .containsEntry("tt-memory-check.verdict", "grew"));
    }

    @Test
    void a_leak_is_published_as_a_report_entry_of_its_test_alone() {
        assertThat(entries(Mixed.class))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry(
                                "tt-memory-check.leak", "RunReportTests.Mixed.b_leaks() left 8 KiB of DRAM on device 3")
                        .containsEntry("tt-memory-check.verdict", "leaked")
                        .containsEntry("tt-memory-check.devices", "3")
                        .containsEntry("tt-memory-check.kinds", "DRAM")
                        .containsEntry("tt-memory-check.bytes", "8192")
                        .containsKey("tt-memory-check.dump"));
    }

    /** Frees what a test left once JUnit is through with it, before the next one begins. */
    static final class FreesAfterwards implements TestWatcher {

        @Override
        public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
            PrivateServer.client().free(3, 0x2000);
        }
    }

    @TtMemoryCheck
    @ExtendWith(FreesAfterwards.class)
    static class FreedBetween {

        @Test
        void a_leaks() {
            PrivateServer.client().allocate(3, DRAM, 0x2000, 8192);
        }

        @Test
        void b_is_clean() {}
    }

    @Test
    void what_was_freed_between_two_tests_is_a_late_release_like_any_other() throws IOException {
        SERVER.run(FreedBetween.class);
        JsonNode late = report().at("/lateReleases/0");

        assertThat(late.get("holder").asString()).isEqualTo("RunReportTests.FreedBetween.a_leaks()");
        assertThat(late.at("/freed/0/bytes").asLong()).isEqualTo(8192);
    }
}
