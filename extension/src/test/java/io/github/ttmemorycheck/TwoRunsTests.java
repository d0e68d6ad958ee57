package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs of tests on one socket: the first serves, the second uses its server. */
@Timeout(90)
class TwoRunsTests {

    @TempDir
    Path directory;

    /** A run of its own: its tests wait for the other's. */
    static final class Program {

        static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Files.createDirectories(Path.of(arguments[0]));
            FixtureRun run = FixtureRun.of(List.of(Overlapping.class), directory, Path.of(arguments[1]));
            say("failed " + run.failed());
            for (FixtureRun.Result result : run.results()) {
                result.throwable()
                        .ifPresent(error -> say(String.valueOf(error.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")));
            }
            say("end");
        }

        static void say(String line) {
            try {
                OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @TtMemoryCheck
    static class Overlapping {

        @Test
        void a_is_clean(DeviceMemory memory) throws IOException {
            try (AllocationClient client = AllocationClient.connect(Path.of(System.getProperty("socket")))) {
                long address = ProcessHandle.current().pid();
                client.allocate(0, DRAM, address, 4096);
                Program.say("clean " + memory.snapshot().totals().of(DRAM));
                System.in.read();
                client.free(0, address);
            }
        }

        @Test
        void b_leaks() throws IOException {
            AllocationClient client = AllocationClient.connect(Path.of(System.getProperty("socket")));
            client.allocate(1, DRAM, ProcessHandle.current().pid(), 8192);
            Program.say("leaking");
            System.in.read();
        }
    }

    private Path socket() {
        return directory.resolve("s");
    }

    /** Of the socket's own name, and of the hidden one that it was bound to. */
    private boolean hasNoSocket() {
        String[] names = directory.toFile().list((folder, name) -> name.equals("s") || name.startsWith("."));
        return names != null && names.length == 0;
    }

    private Child launch(String name) throws IOException {
        return Child.java(
                directory.resolve(name + "-errors"),
                List.of("-Dsocket=" + socket()),
                Program.class,
                directory.resolve(name).toString(),
                socket().toString());
    }

    private Child start(String name) throws IOException {
        Child run = launch(name);
        assertThat(run.readLine()).isEqualTo("clean 4096");
        return run;
    }

    private static void goOn(Child run) throws IOException {
        run.writeLine("");
    }

    private static void finish(Child run) throws Exception {
        goOn(run);
        assertThat(run.readLine()).isEqualTo("failed [b_leaks()]");
        assertThat(run.readLine()).isEqualTo("TwoRunsTests.Overlapping.b_leaks() left 8 KiB of DRAM on device 1");
        assertThat(run.readLine()).isEqualTo("end");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void each_is_judged_by_what_it_left_itself() throws Exception {
        try (Child first = start("first");
                Child second = start("second")) {
            goOn(second);
            assertThat(second.readLine()).isEqualTo("leaking");
            goOn(first);
            assertThat(first.readLine()).isEqualTo("leaking");
            finish(second);
            assertThat(ServerTracker.isListening(socket())).isTrue();
            finish(first);
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void the_second_goes_on_when_the_first_ends() throws Exception {
        try (Child first = start("first");
                Child second = start("second")) {
            goOn(first);
            assertThat(first.readLine()).isEqualTo("leaking");
            finish(first);
            goOn(second);
            assertThat(second.readLine()).isEqualTo("leaking");
            finish(second);
        }
        Eventually.isTrue("nothing is left of the socket", this::hasNoSocket);
    }

    @Test
    void each_of_a_chain_is_judged_though_the_one_before_has_ended() throws Exception {
        try (Child first = start("first");
                Child second = start("second")) {
            goOn(first);
            assertThat(first.readLine()).isEqualTo("leaking");
            finish(first);
            try (Child third = start("third")) {
                goOn(second);
                assertThat(second.readLine()).isEqualTo("leaking");
                finish(second);
                try (Child fourth = start("fourth")) {
                    goOn(third);
                    assertThat(third.readLine()).isEqualTo("leaking");
                    goOn(fourth);
                    assertThat(fourth.readLine()).isEqualTo("leaking");
                    finish(third);
                    finish(fourth);
                }
            }
        }
        Eventually.isTrue("nothing is left of the socket", this::hasNoSocket);
    }

    /** A JVM of tests, and how far it is. */
    private static final class Walker {

        final Child run;
        int step;

        Walker(Child run) {
            this.run = run;
        }

        /** Goes a step further; returns whether it has ended, right in all it said. */
        boolean walk() throws Exception {
            step++;
            switch (step) {
                case 1 -> assertThat(run.readLine()).isEqualTo("clean 4096");
                case 2 -> {
                    goOn(run);
                    assertThat(run.readLine()).isEqualTo("leaking");
                }
                default -> finish(run);
            }
            return step == 3;
        }
    }

    /** Two orders in a build, always the same; as many as fit into {@code -Dorders.seconds=}, from a seed on. */
    @Test
    @Timeout(180)
    void whoever_starts_and_ends_first_each_is_judged_by_what_it_left_itself() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("orders.seconds", 0));
        long first = Long.getLong("orders.seed", 1);
        int orders = 0;
        for (long seed = first; orders < 2 || System.nanoTime() - end < 0; seed++) {
            try {
                order(new SplittableRandom(seed), "of-" + seed);
            } catch (AssertionError | IOException wrong) {
                throw new AssertionError("the order of seed " + seed + ": " + wrong.getMessage(), wrong);
            }
            orders++;
        }
        System.out.println(orders + " orders of starts and ends from seed " + first + " on");
    }

    /** Starts three JVMs, the later ones perhaps while the earlier ones are under way or have ended. */
    private void order(SplittableRandom random, String name) throws Exception {
        List<Walker> walking = new ArrayList<>();
        int started = 0;
        try {
            while (started < 3 || !walking.isEmpty()) {
                if (started < 3 && (walking.isEmpty() || random.nextInt(3) == 0)) {
                    walking.add(new Walker(launch(name + "-" + started)));
                    started++;
                } else {
                    Walker next = walking.get(random.nextInt(walking.size()));
                    if (next.walk()) {
                        walking.remove(next);
                        next.run.close();
                    }
                }
            }
        } finally {
            for (Walker left : walking) {
                left.run.close();
            }
        }
    }

    @Test
    void the_second_says_that_it_cannot_tell_when_the_first_is_killed() throws Exception {
        try (Child first = start("first");
                Child second = start("second")) {
            first.kill();
            goOn(second);
            assertThat(second.readLine()).isEqualTo("leaking");
            goOn(second);
            assertThat(second.readLine()).startsWith("failed [a_is_clean(DeviceMemory), b_leaks(), TwoRuns");
            assertThat(second.readLine())
                    .startsWith(
                            "TwoRunsTests.Overlapping.a_is_clean(DeviceMemory) could not be checked: the allocation");
            assertThat(second.exitCode()).isZero();
        }
    }
}
