package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.github.ttmemorycheck.internal.runreport.ReportSchema;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

/** Where the annotation stands and no engine honours it, that is said. */
@Timeout(60)
class ForeignEngineTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TempDir
    Path directory;

    private Path report() {
        return directory.resolve("report.json");
    }

    /**
     * Runs each class, and the methods in it that are named {@code test}, under the name of a foreign engine.
     *
     * @param selected for a suite, the engine that runs what it selects
     */
    private record Engine(String id, Optional<String> selected) implements TestEngine {

        @Override
        public String getId() {
            return id;
        }

        @Override
        public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
            EngineDescriptor root = new EngineDescriptor(uniqueId, id);
            for (ClassSelector selector : request.getSelectorsByType(ClassSelector.class)) {
                Class<?> type = selector.getJavaClass();
                Found found = new Found(
                        uniqueId.append("class", type.getName()), type.getSimpleName(), ClassSource.from(type));
                root.addChild(found);
                for (var method : type.getDeclaredMethods()) {
                    if (method.getName().equals("test")) {
                        TestDescriptor parent =
                                selected.map(engine -> below(found, engine)).orElse(found);
                        parent.addChild(new Found(
                                parent.getUniqueId().append("method", "test"), "test", MethodSource.from(method)));
                    }
                }
            }
            return root;
        }

        private static TestDescriptor below(TestDescriptor suite, String engine) {
            EngineDescriptor inner = new EngineDescriptor(suite.getUniqueId().append("engine", engine), engine);
            suite.addChild(inner);
            return inner;
        }

        @Override
        public void execute(ExecutionRequest request) {
            TestDescriptor root = request.getRootTestDescriptor();
            request.getEngineExecutionListener().executionStarted(root);
            request.getEngineExecutionListener().executionFinished(root, TestExecutionResult.successful());
        }
    }

    private static final class Found extends AbstractTestDescriptor {

        Found(UniqueId uniqueId, String name, org.junit.platform.engine.TestSource source) {
            super(uniqueId, name, source);
        }

        @Override
        public Type getType() {
            return getSource().orElseThrow() instanceof ClassSource ? Type.CONTAINER : Type.TEST;
        }
    }

    private void run(Optional<String> engine, List<Class<?>> types, String... settings) {
        LauncherConfig.Builder config = LauncherConfig.builder();
        engine.ifPresent(id -> config.enableTestEngineAutoRegistration(false).addTestEngines(engine(id)));
        SERVER.launch(
                LauncherFactory.create(config.build()),
                types.stream().map(type -> selectClass(type)).toList(),
                request -> request.configurationParameter(TtMemoryCheckSettings.REPORT_DIRECTORY, directory.toString()),
                settings);
    }

    /** Makes an engine of a name, or, of two that are parted by a colon, a suite's and that of what it selects. */
    private static Engine engine(String ids) {
        int colon = ids.indexOf(':');
        return colon < 0
                ? new Engine(ids, Optional.empty())
                : new Engine(ids.substring(0, colon), Optional.of(ids.substring(colon + 1)));
    }

    private List<String> unchecked() throws IOException {
        return Files.exists(report())
                ? ReportSchema.read(report())
                        .at("/summary/unchecked")
                        .valueStream()
                        .map(what -> what.get("why").asString())
                        .toList()
                : List.of();
    }

    @TtMemoryCheck
    @AnalyzeClasses(packages = "io.github.ttmemorycheck.device")
    static class OfArchUnit {

        @ArchTest
        static void passes(JavaClasses classes) {
            assertThat(classes).isNotEmpty();
        }
    }

    @Test
    void an_annotated_class_of_archunit_is_not_checked_and_that_is_said() throws IOException {
        run(Optional.empty(), List.of(OfArchUnit.class));

        assertThat(unchecked())
                .containsExactly("ForeignEngineTests.OfArchUnit was not checked: the engine archunit runs it, and only"
                        + " JUnit Jupiter honours @TtMemoryCheck");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @TtMemoryCheck
    @interface OnDevice {}

    @OnDevice
    static class Annotated {

        void test() {}
    }

    static class Inheriting extends Annotated {

        @Test
        void of_jupiter() {
            PrivateServer.client().allocate(0, io.github.ttmemorycheck.snapshot.MemoryKind.DRAM, 64, 64);
            PrivateServer.client().free(0, 64);
        }
    }

    static class OnMethod {

        @OnDevice
        void test() {}
    }

    static class Plain {

        void test() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"spock", "testng", "jqwik"})
    void the_engine_is_named(String engine) throws IOException {
        run(Optional.of(engine), List.of(Annotated.class, OnMethod.class, Plain.class));

        assertThat(unchecked())
                .containsExactly(
                        "ForeignEngineTests.Annotated was not checked: the engine " + engine
                                + " runs it, and only JUnit Jupiter honours @TtMemoryCheck",
                        "ForeignEngineTests.OnMethod.test() was not checked: the engine " + engine
                                + " runs it, and only JUnit Jupiter honours @TtMemoryCheck");
    }

    @Test
    void it_is_an_error_where_that_is_asked_for() {
        assertThatThrownBy(
                        () -> run(Optional.of("testng"), List.of(Annotated.class), TtMemoryCheckSettings.IDLE, "fail"))
                .hasMessage("""
                        ForeignEngineTests.Annotated was not checked: the engine testng runs it, and only JUnit Jupiter
                          honours @TtMemoryCheck

                          to fix:   write its tests with org.junit.jupiter.api.Test, or check them by DeviceMemoryCheck and
                                    remove the annotation; tt.memory.check.idle=ignore if it is to stand there without
                                    effect""");
    }

    /** A user of Cucumber has features and steps, and no test class to annotate. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            suites:cucumber | the engines suites and cucumber run it | check the scenarios by DeviceMemoryCheck
            cucumber | the engine cucumber runs it | check the scenarios by DeviceMemoryCheck
            suites:junit-jupiter | the engine suites runs it | annotate the classes that the suite selects
            suites:testng | the engines suites and testng run it | write the tests that the suite selects with
            testng | the engine testng runs it | write its tests with org.junit.jupiter.api.Test
            """)
    void the_fix_is_one_for_the_engine_that_is_there(String engines, String run, String fix) {
        assertThatThrownBy(
                        () -> run(Optional.of(engines), List.of(Annotated.class), TtMemoryCheckSettings.IDLE, "fail"))
                .extracting(thrown -> String.valueOf(thrown.getMessage()).replaceAll("\\s+", " "))
                .asString()
                .contains("Annotated was not checked: " + run + ", and only", "to fix: " + fix)
                .doesNotContain(engines.contains("cucumber") ? "suite selects" : "scenario");
    }

    private static final String READ_BY_A_USER_OF_CUCUMBER = """
            ForeignEngineTests.Annotated was not checked: the engines suites and cucumber run it, and only JUnit
              Jupiter honours @TtMemoryCheck

              to fix:   check the scenarios by DeviceMemoryCheck in hooks of Cucumber, which calls no extension
                        of JUnit Jupiter, and remove the annotation; tt.memory.check.idle=ignore if it is to
                        stand there without effect""";

    @Test
    void the_whole_of_it_speaks_to_a_user_of_cucumber() {
        List<Class<?>> annotated = List.of(Annotated.class);
        assertThatThrownBy(() -> run(Optional.of("suites:cucumber"), annotated, TtMemoryCheckSettings.IDLE, "fail"))
                .hasMessage(READ_BY_A_USER_OF_CUCUMBER);
    }

    @Test
    void nothing_is_said_where_nothing_is_wanted_or_jupiter_runs_it() throws IOException {
        List<Class<?>> one = List.of(Annotated.class);
        run(Optional.of("testng"), one, TtMemoryCheckSettings.IDLE, "ignore");
        run(Optional.of("testng"), one, TtMemoryCheckSettings.MODE, "off", TtMemoryCheckSettings.IDLE, "fail");
        run(Optional.of("testng"), one, TtMemoryCheckSettings.MODE, "warn", TtMemoryCheckSettings.IDLE, "ignore");
        assertThat(report()).doesNotExist();

        run(Optional.of("testng"), List.of(Plain.class));
        run(Optional.empty(), List.of(Inheriting.class));
        assertThat(unchecked()).isEmpty();
    }
}
