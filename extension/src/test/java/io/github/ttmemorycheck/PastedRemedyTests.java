package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message offers to be pasted is pasted, compiled, and run: then the test passes. */
@Timeout(60)
class PastedRemedyTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TempDir
    Path directory;

    private int compiled;

    /** Tests that leak: a class with places for what is pasted. */
    enum Leak {
        ONE_DEVICE("", "allocate(3, DRAM, 0x1000, 8 << 20)"),
        DIFFERENT_DEVICES(
                "",
                "allocate(0, DRAM, 0x1000, 36 << 10)",
                "allocate(1, DRAM, 0x1000, 36 << 10)",
                "allocate(0, L1, 0x2000, 4097)"),
        MORE_THAN_IS_ALLOWED("@MemoryBaseline(dram = \"1KiB\")", "allocate(0, DRAM, 0x1000, 1025)"),
        TOO_MANY_TO_NAME(
                "",
                "allocate(0, DRAM, 0x1000, 1 << 10)",
                "allocate(1, DRAM, 0x1000, 2 << 10)",
                "allocate(2, DRAM, 0x1000, 3 << 10)",
                "allocate(3, DRAM, 0x1000, 4 << 10)",
                "allocate(4, DRAM, 0x1000, 5 << 10)"),
        OTHER_KINDS(
                "",
                "allocate(0, TRACE, 0x1000, 3)",
                "allocate(0, SYSTEM_MEMORY, 0x2000, 5)",
                "allocate(0, L1_SMALL, 0x3000, 7)",
                "allocate(0, CIRCULAR_BUFFER, 0x4000, 9)");

        private final String onClass;
        private final String calls;

        Leak(String onClass, String... calls) {
            this.onClass = onClass;
            this.calls = Stream.of(calls).map(call -> "client." + call + ";\n").collect(Collectors.joining());
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_annotations_of_a_leak_let_its_test_pass(Leak leak) throws Exception {
        String message = message(source("@TtMemoryCheck\n" + leak.onClass, "@Test", leak.calls), "leaks()");

        for (String label : List.of("  to allow: ", "  or:       ")) {
            String pasted = offered(message, label);
            assertThat(run(source("@TtMemoryCheck\n" + leak.onClass, pasted + "\n@Test", leak.calls))
                            .failed())
                    .as(pasted)
                    .isEmpty();
        }
    }

    @Test
    void the_annotations_of_a_class_let_it_pass() throws Exception {
        String leak = Leak.ONE_DEVICE.calls;
        String message = message(source("@TtMemoryCheck", "@org.junit.jupiter.api.BeforeAll static", leak), "Pasted");

        for (String label : List.of("  to allow: ", "  or:       ")) {
            String pasted = offered(message, label);
            assertThat(run(source("@TtMemoryCheck\n" + pasted, "@org.junit.jupiter.api.BeforeAll static", leak))
                            .failed())
                    .as(pasted)
                    .isEmpty();
        }
    }

    @Test
    void the_tolerance_of_growth_lets_it_pass() throws Exception {
        String leak = "client.allocate(0, DRAM, 0x1000L * address++, 4097);";
        String baseline = "@MemoryBaseline(dram = \"1MiB\")";
        String repeated = "@org.junit.jupiter.api.RepeatedTest(4)";
        String message = message(source("@TtMemoryCheck\n" + baseline, repeated, leak), "leaks()");

        String pasted = offered(message, "  to allow: ");
        assertThat(pasted).isEqualTo("@TtMemoryCheck(growthTolerance = \"4097B\")");
        assertThat(run(source(pasted + "\n" + baseline, repeated, leak)).failed())
                .isEmpty();
    }

    private static String source(String onClass, String onMethod, String leak) {
        return """
                package pasted;

                import static io.github.ttmemorycheck.snapshot.MemoryKind.*;

                import io.github.ttmemorycheck.*;
                import io.github.ttmemorycheck.client.AllocationClient;
                import org.junit.jupiter.api.Test;

                %s
                class Pasted {
                    static long address = 1;

                    %s
                    void leaks() throws Exception {
                        try (AllocationClient client = AllocationClient.connect(java.nio.file.Path.of("%s"))) {
                            %s
                        }
                    }

                    @Test
                    void passes() {}
                }
                """.formatted(onClass, onMethod, SERVER.server().socket(), leak);
    }

    private String message(String source, String failed) throws IOException {
        FixtureRun run = run(source);
        assertThat(run.failed()).containsExactly(failed);
        return String.valueOf(run.of(failed).leak().getMessage());
    }

    /** The code behind a label, to the end of its paragraph. */
    private static String offered(String message, String label) {
        String behind = message.substring(message.indexOf("\n" + label) + 1 + label.length());
        return behind.lines()
                .takeWhile(line -> !line.startsWith("  ") || line.startsWith(" ".repeat(label.length())))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    private FixtureRun run(String source) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes" + compiled++));
        Path file = classes.resolve("Pasted.java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
        assertThat(result).as(source).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            return SERVER.run(loader.loadClass("pasted.Pasted"));
        } catch (ClassNotFoundException compiledJustNow) {
            throw new AssertionError(compiledJustNow);
        }
    }
}
