package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.EngineFilter.includeEngines;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** Runs of a part: what did not run makes no known leak gone, and no recorded baseline shrink. */
@Timeout(60)
class PartialRunTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void inAFile() {
        file = directory.resolve("baseline.txt");
    }

    private static void leak(int address) {
        PrivateServer.client().allocate(0, DRAM, address * KIB, KIB);
    }

    private static void use() {
        PrivateServer.client().allocate(7, DRAM, 7 * KIB, KIB);
        PrivateServer.client().free(7, 7 * KIB);
    }

    private static List<DiscoverySelector> method(Class<?> type, String name) {
        return List.of(selectMethod(type, name));
    }

    private static FixtureRun launched(List<? extends DiscoverySelector> selectors, String... settings) {
        return SERVER.launch(
                LauncherFactory.create(),
                selectors,
                request -> request.filters(includeEngines("junit-jupiter")),
                settings);
    }

    // Known leaks.

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class OfTwo {

        @Test
        @Tag("slow")
        void leaks() {
            leak(1);
        }

        @Test
        void other() {
            use();
        }
    }

    static class Inheriting extends OfTwo {

        @Test
        void own() {
            use();
        }
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class Around {

        @Test
        void other() {
            use();
        }

        @Nested
        class Within {

            @Test
            void leaks() {
                leak(1);
            }
        }
    }

    @Test
    void a_leak_of_a_class_is_not_gone_when_only_other_methods_of_it_ran() {
        assertThat(SERVER.select(method(OfTwo.class, "other")).failed()).isEmpty();
        assertThat(SERVER.select(method(Inheriting.class, "own")).failed()).isEmpty();
        assertThat(SERVER.select(method(Around.class, "other")).failed()).isEmpty();
        assertThat(SERVER.launch(
                                LauncherFactory.create(),
                                List.of(selectClass(OfTwo.class)),
                                request -> request.filters(excludeTags("slow")))
                        .failed())
                .isEmpty();
        assertThat(launched(List.of(selectUniqueId(
                                "[engine:junit-jupiter]/[class:" + OfTwo.class.getName() + "]/[method:other()]")))
                        .failed())
                .isEmpty();
    }

    static class Never implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getDisplayName().contains("last")
                    ? ConditionEvaluationResult.disabled("it is the last")
                    : ConditionEvaluationResult.enabled("it is not the last");
        }
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class OneDisabled {

        @Test
        @Disabled("for now")
        void leaks() {
            leak(1);
        }

        @Test
        void other() {
            use();
        }
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class OneInvocationDisabled {

        @ParameterizedTest
        @ValueSource(strings = {"first", "last"})
        @ExtendWith(Never.class)
        @KnownLeak(reason = "in the last")
        void leaks(String which) {
            use();
        }
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class OneAborted {

        @Test
        void leaks() {
            throw new TestAbortedException("no such device");
        }

        @Test
        void other() {
            use();
        }
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class OneFailed {

        @Test
        void leaks() {
            use();
            throw new IllegalStateException("by itself");
        }

        @RepeatedTest(3)
        @KnownLeak(reason = "in the third")
        void repeated(RepetitionInfo repetition) {
            use();
            if (repetition.getCurrentRepetition() == 3) {
                throw new IllegalStateException("by itself");
            }
        }

        @TestFactory
        List<DynamicTest> other() {
            return List.of(DynamicTest.dynamicTest("one", PartialRunTests::use));
        }
    }

    @Test
    void a_leak_is_not_gone_when_the_test_that_has_it_is_disabled_aborted_or_failed() {
        assertThat(SERVER.run(OneDisabled.class).failed()).isEmpty();
        assertThat(SERVER.run(OneInvocationDisabled.class).failed()).isEmpty();
        assertThat(SERVER.run(OneAborted.class).failed()).isEmpty();
        assertThat(SERVER.run(OneFailed.class).failed()).containsExactly("leaks()", "repetition 3 of 3");
    }

    @TtMemoryCheck
    @KnownLeak(reason = "on the class")
    static class Mended {

        @Test
        void plain() {
            use();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @KnownLeak(reason = "in one of them")
        void each(int number) {
            use();
        }

        @TestFactory
        List<DynamicTest> made() {
            return List.of(DynamicTest.dynamicTest("one", PartialRunTests::use));
        }

        // JUnit passes it over.
        @Test
        private void never() {}

        @Nested
        class Within {

            @RepeatedTest(2)
            void repeated() {
                use();
            }
        }
    }

    @TtMemoryCheck
    static class OneRow {

        @ParameterizedTest
        @ValueSource(ints = 1)
        @KnownLeak(reason = "was mended")
        void each(int number) {
            use();
        }
    }

    @Test
    void a_single_invocation_may_be_a_chosen_one_where_the_launcher_does_not_tell() {
        assertThat(SERVER.run(OneRow.class).failed()).isEmpty();
        assertThat(launched(List.of(selectClass(OneRow.class))).failed()).containsExactly("each(int)");
    }

    private static final String INVOCATION = "[engine:junit-jupiter]/[class:" + Mended.class.getName()
            + "]/[test-template:each(int)]/[test-template-invocation:#1]";

    @Test
    void a_leak_is_gone_when_all_that_may_have_it_ran_and_only_then() {
        assertThat(SERVER.run(Mended.class).failed()).containsExactly("each(int)", "PartialRunTests$Mended");
        assertThat(launched(List.of(selectClass(Mended.class))).failed())
                .containsExactly("each(int)", "PartialRunTests$Mended");
        assertThat(launched(List.of(selectMethod(Mended.class, "each", "int"))).failed())
                .containsExactly("each(int)");
        for (DiscoverySelector one : List.of(
                selectUniqueId(INVOCATION),
                selectUniqueId(INVOCATION.replace("#1", "#2")),
                selectIteration(selectMethod(Mended.class, "each", "int"), 0))) {
            assertThat(launched(List.of(one)).failed()).isEmpty();
            assertThat(SERVER.select(List.of(one)).failed()).isEmpty();
        }
        assertThat(launched(List.of(selectIteration(selectMethod(Mended.class, "each", "int"), 0, 1)))
                        .failed())
                .isEmpty();
    }

    // Recorded baselines.

    @TtMemoryCheck
    static class Recorded {

        @BeforeAll
        static void open() {
            leak(1);
            leak(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void each(int number) {
            use();
            for (int i = 0; i < number; i++) {
                leak(16 * number + i);
            }
        }

        @Test
        void fails_at_times() {
            leak(8);
            if (aborting) {
                throw new TestAbortedException("aborted");
            }
        }

        @Test
        void other() {
            leak(9);
        }
    }

    private static boolean aborting;

    private static final String NAME = "io.github.ttmemorycheck.PartialRunTests.Recorded";

    private List<String> recorded() throws IOException {
        return Files.readString(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private String[] settings(boolean record) {
        return new String[] {
            TtMemoryCheckSettings.BASELINE_FILE,
            file.toString(),
            TtMemoryCheckSettings.BASELINE_RECORD,
            Boolean.toString(record)
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_recorded_baseline_keeps_what_did_not_run(boolean record) throws IOException {
        SERVER.run(Recorded.class, settings(true));
        assertThat(recorded())
                .containsExactly(
                        "2KiB dram 0 " + NAME,
                        "3KiB dram 0 " + NAME + ".each(int)",
                        "1KiB dram 0 " + NAME + ".fails_at_times()",
                        "1KiB dram 0 " + NAME + ".other()");
        // What the class left after its last test, which a part of it may not leave.
        Files.writeString(file, Files.readString(file).replace("2KiB", "8KiB"));
        List<String> whole = recorded();

        List<DiscoverySelector> parts = List.of(
                selectIteration(selectMethod(Recorded.class, "each", "int"), 0),
                selectIteration(selectMethod(Recorded.class, "each", "int"), 1),
                selectMethod(Recorded.class, "other"));
        for (DiscoverySelector part : parts) {
            SERVER.select(List.of(part), settings(record));
            assertThat(recorded()).isEqualTo(whole);
            launched(List.of(part), settings(record));
            assertThat(recorded()).isEqualTo(whole);
        }
        launched(List.of(selectIteration(selectMethod(Recorded.class, "each", "int"), 0, 1)), settings(record));
        assertThat(recorded()).isEqualTo(whole);

        aborting = true;
        SERVER.run(Recorded.class, settings(record));
        aborting = false;
        assertThat(recorded()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_recorded_baseline_shrinks_when_all_of_it_ran(boolean record) throws IOException {
        Files.writeString(
                file,
                "9KiB dram 0 " + NAME + "\n9KiB dram 0 " + NAME + ".each(int)\n9KiB dram 1 " + NAME + ".other()\n"
                        + "9KiB dram 0 " + NAME + ".fails_at_times()\n9KiB dram 0 " + NAME + ".other()\n");

        launched(List.of(selectClass(Recorded.class)), settings(record));

        assertThat(recorded())
                .containsExactly(
                        "2KiB dram 0 " + NAME,
                        "3KiB dram 0 " + NAME + ".each(int)",
                        "1KiB dram 0 " + NAME + ".fails_at_times()",
                        "1KiB dram 0 " + NAME + ".other()");
    }
}
