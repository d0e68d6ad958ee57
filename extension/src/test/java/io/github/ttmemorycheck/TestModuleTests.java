package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that are a module themselves: JUnit and the library are on the module path, and no listener is found there. */
@Timeout(120)
class TestModuleTests {

    private static final String DESCRIPTOR = """
            open module checked {
                requires io.github.ttmemorycheck;
                requires org.junit.jupiter.api;
                requires org.junit.platform.launcher;
            }
            """;

    private static final String TESTS = """
            package checked;

            import io.github.ttmemorycheck.TtMemoryCheck;
            import io.github.ttmemorycheck.client.AllocationClient;
            import io.github.ttmemorycheck.snapshot.MemoryKind;
            import java.nio.file.Path;
            import org.junit.jupiter.api.AfterAll;
            import org.junit.jupiter.api.BeforeAll;
            import org.junit.jupiter.api.Test;

            @TtMemoryCheck
            class DecodeTests {

                static AllocationClient client;

                @BeforeAll
                static void connect() {
                    client = AllocationClient.connect(Path.of("s"));
                }

                @AfterAll
                static void close() {
                    client.close();
                }

                @Test
                void clean() {
                    client.allocate(0, MemoryKind.DRAM, 0x100, 4096);
                    client.free(0, 0x100);
                }

                @Test
                void leaks() {
                    client.allocate(3, MemoryKind.DRAM, 0x1000, 4096);
                }
            }
            """;

    private static final String PROGRAM = """
            package checked;

            import java.io.PrintWriter;
            import org.junit.platform.engine.discovery.DiscoverySelectors;
            import org.junit.platform.launcher.LauncherSession;
            import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
            import org.junit.platform.launcher.core.LauncherFactory;
            import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

            class Program {

                public static void main(String[] arguments) {
                    SummaryGeneratingListener summary = new SummaryGeneratingListener();
                    try (LauncherSession session = LauncherFactory.openSession()) {
                        session.getLauncher()
                                .execute(
                                        LauncherDiscoveryRequestBuilder.request()
                                                .selectors(DiscoverySelectors.selectClass(DecodeTests.class))
                                                .configurationParameter("tt.memory.check.tracker", "embedded")
                                                .configurationParameter("tt.memory.check.socket", "s")
                                                .configurationParameter("tt.memory.check.settle", "100ms")
                                                .configurationParameter("tt.memory.check.baseline.7.dram", "8B")
                                                .build(),
                                        summary);
                    }
                    summary.getSummary().printFailuresTo(new PrintWriter(System.out), 0);
                    System.out.println(summary.getSummary().getTestsSucceededCount() + " passed");
                }
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    private ModulePath compiled() throws Exception {
        List<String> jars = new ArrayList<>(ModulePath.INHERITED);
        jars.addAll(List.of(
                "junit-jupiter-api",
                "junit-jupiter-engine",
                "junit-platform-commons",
                "junit-platform-engine",
                "junit-platform-launcher",
                "opentest4j",
                "apiguardian",
                "jspecify"));
        ModulePath tests = new ModulePath(folder, jars)
                .with("module-info.java", DESCRIPTOR)
                .with("checked/DecodeTests.java", TESTS)
                .with("checked/Program.java", PROGRAM);
        assertThat(tests.compile()).isEqualTo(new ModulePath.Compiled(true, ""));
        return tests;
    }

    private static ModulePath.Ended run(ModulePath tests, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("--add-modules", "org.junit.jupiter.engine", "-m", "checked/checked.Program"));
        return tests.java(command.toArray(String[]::new));
    }

    @Test
    void are_checked_and_reported() throws Exception {
        ModulePath.Ended ended = run(compiled());

        assertThat(ended.output())
                .contains("DecodeTests.leaks() left 4 KiB of DRAM on device 3\n")
                .contains("device memory: 2 tests checked, 1 leaked\n")
                .endsWith("1 passed");
        assertThat(ended.code()).isZero();
        assertThat(folder.resolve("target/tt-memory-check/index.html")).isNotEmptyFile();
    }

    @Test
    void are_refused_a_setting_that_does_not_exist() throws Exception {
        ModulePath.Ended ended = run(compiled(), "-Dtt.memory.check.setle=1s");

        assertThat(ended.output())
                .contains("there is no setting tt.memory.check.setle; did you mean tt.memory.check.settle?")
                .endsWith("0 passed");
    }
}
