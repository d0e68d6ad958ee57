package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A binding is no test: it implements a device, reports allocations and starts a server where there is no JUnit. */
@Timeout(60)
class WithoutJUnitTests {

    private static final String DESCRIPTOR = "module binding { requires transitive io.github.ttmemorycheck; }\n";

    private static final String DEVICE = """
            package binding;

            import io.github.ttmemorycheck.client.AllocationClient;
            import io.github.ttmemorycheck.device.TtDevice;
            import io.github.ttmemorycheck.snapshot.MemoryKind;
            import io.github.ttmemorycheck.tracker.AllocationServer;
            import java.nio.file.Path;

            abstract class Device implements TtDevice {

                public static void main(String[] arguments) {
                    try (AllocationServer server = AllocationServer.start(Path.of(arguments[0]));
                            AllocationClient client = AllocationClient.connect(server.socket())) {
                        client.allocate(0, MemoryKind.DRAM, 0x100, 4096);
                        System.out.println(TtDevice.class.getModule() + " holds "
                                + server.snapshot().allocated(0, MemoryKind.DRAM));
                        System.out.println(ModuleLayer.boot().modules().stream()
                                .filter(module -> module.getName().contains("junit.")
                                        || module.getName().contains("opentest4j"))
                                .toList());
                    }
                }
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    private ModulePath binding(String... furtherJars) throws IOException {
        List<String> jars = new ArrayList<>(ModulePath.INHERITED);
        jars.addAll(List.of(furtherJars));
        return new ModulePath(folder, jars).with("module-info.java", DESCRIPTOR).with("binding/Device.java", DEVICE);
    }

    @Test
    void a_binding_that_is_a_module_compiles_boots_and_reports() throws Exception {
        ModulePath binding = binding("apiguardian");

        assertThat(binding.compile()).isEqualTo(new ModulePath.Compiled(true, ""));
        ModulePath.Ended ended = binding().java("-m", "binding/binding.Device", socket());

        assertThat(ended.output()).isEqualTo("module io.github.ttmemorycheck holds 4096\n[]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void without_the_jar_of_the_annotation_javac_warns_of_that_alone() throws Exception {
        ModulePath.Compiled compiled = binding().compile();

        assertThat(compiled.succeeded()).as(compiled.messages()).isTrue();
        assertThat(compiled.messages().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains(" in type 'API'")
                        || line.contains("unknown enum constant Status.")
                        || line.contains("org.apiguardian.api.API$Status not found")
                        || line.matches("\\d+ warnings"));
    }

    @Test
    void a_module_without_a_logger_sees_what_it_must_see() throws Exception {
        ModulePath binding = new ModulePath(folder, List.of("junixsocket", "slf4j-api", "apiguardian"))
                .with("module-info.java", DESCRIPTOR)
                .with("binding/Device.java", """
                        package binding;

                        import io.github.ttmemorycheck.client.AllocationClient;
                        import io.github.ttmemorycheck.snapshot.MemoryKind;
                        import java.nio.file.Path;

                        class Device {

                            public static void main(String[] arguments) {
                                try (AllocationClient client = AllocationClient.connect(Path.of(arguments[0]))) {
                                    client.allocate(0, MemoryKind.DRAM, 0x100, 4096);
                                }
                            }
                        }
                        """);

        binding.compile();
        ModulePath.Ended ended = binding.java("-m", "binding/binding.Device", socket());

        assertThat(ended.output()).contains("WARNING: ", socket()).doesNotContain("SLF4J");
        assertThat(ended.code()).isZero();
    }

    @Test
    void the_server_starts_as_a_module() throws Exception {
        ModulePath.Ended ended = new ModulePath(folder, ModulePath.INHERITED)
                .java("-m", "io.github.ttmemorycheck/" + AllocationServer.class.getName(), "--help");

        assertThat(ended.output()).startsWith("usage: AllocationServer [--socket PATH] [--monitor]\n");
        assertThat(ended.code()).isZero();
    }

    static final class OnTheClassPath {

        private OnTheClassPath() {}

        public static void main(String[] arguments) throws ReflectiveOperationException {
            if (arguments[0].equals("load")) {
                Class.forName(arguments[1]);
                return;
            }
            Class.forName(TtDevice.class.getName());
            try (AllocationServer server = AllocationServer.start(Path.of(arguments[1]));
                    AllocationClient client = AllocationClient.connect(server.socket())) {
                client.allocate(0, DRAM, 0x100, 4096);
                System.exit(server.snapshot().allocated(0, DRAM) == 4096 ? 0 : 1);
            }
        }
    }

    private Stream<String> ofJUnit(String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.txt");
        try (Child child = Child.java(
                folder.resolve("errors.txt"),
                List.of("-Xlog:class+load=info:file=" + log),
                OnTheClassPath.class,
                arguments)) {
            assertThat(child.exitCode()).isZero();
        }
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("org.junit.") || line.contains("opentest4j"));
    }

    @Test
    void what_a_binding_uses_loads_no_class_of_JUnit_even_where_there_is_one() throws Exception {
        assertThat(ofJUnit("report", socket())).isEmpty();
    }

    @Test
    void what_a_test_uses_does() throws Exception {
        assertThat(ofJUnit("load", TtMemoryCheckExtension.class.getName())).isNotEmpty();
    }

    private String socket() {
        return folder.resolve("s").toString();
    }
}
