package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.Child;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same tests in two JVMs, with other addresses, devices seen before, and in another order. */
@Timeout(90)
class FingerprintRunsTests {

    @TempDir
    Path directory;

    /** A run of its own, whose leaks are at other addresses. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Files.createDirectories(Path.of(arguments[0]));
            FixtureRun run = FixtureRun.of(
                    List.of(Leaking.class),
                    directory,
                    Path.of(arguments[1]),
                    MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME,
                    arguments[2]);
            StringBuilder said = new StringBuilder();
            run.results().stream()
                    .filter(result -> result.throwable().isPresent())
                    .map(result -> result.name() + " " + result.leak().report().fingerprint() + "\n")
                    .sorted()
                    .forEach(said::append);
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write(said.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @TtMemoryCheck
    static class Leaking {

        private static void leak(int device, long bytes) throws IOException {
            AllocationClient client = AllocationClient.connect(Path.of(System.getProperty("socket")));
            client.allocate(device, DRAM, ProcessHandle.current().pid() << 16 | device, bytes);
        }

        @Test
        void decode() throws IOException {
            leak(3, 4096);
        }

        @Test
        void prefill() throws IOException {
            leak(0, 4096);
        }
    }

    private List<String> run(String name, String order) throws Exception {
        Path socket = directory.resolve(name + ".sock");
        try (Child run = Child.java(
                directory.resolve(name + "-errors"),
                List.of("-Dsocket=" + socket),
                Program.class,
                directory.resolve(name).toString(),
                socket.toString(),
                order)) {
            return List.of(run.readLine(), run.readLine());
        }
    }

    @Test
    void the_same_leak_has_the_same_fingerprint_in_every_run_and_another_test_another() throws Exception {
        List<String> first = run("first", "org.junit.jupiter.api.MethodOrderer$MethodName");
        List<String> second = run("second", ReverseOrder.class.getName());

        assertThat(second).isEqualTo(first);
        assertThat(first).extracting(line -> line.split(" ", 2)[0]).containsExactly("decode()", "prefill()");
        assertThat(first)
                .extracting(line -> line.split(" ", 2)[1])
                .doesNotHaveDuplicates()
                .allMatch(hex -> hex.length() == 6);
    }

    /** The tests the other way round. */
    static final class ReverseOrder implements MethodOrderer {

        @Override
        public void orderMethods(MethodOrdererContext context) {
            context.getMethodDescriptors()
                    .sort((one, other) -> other.getMethod()
                            .getName()
                            .compareTo(one.getMethod().getName()));
        }
    }
}
