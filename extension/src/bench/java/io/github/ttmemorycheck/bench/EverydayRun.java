package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Times classes of tests in this JVM; writes the medians of what each of some rounds came to, in nanoseconds. */
final class EverydayRun {

    private static final int WARM_UPS = 20;

    private final int rounds;
    private final Path socket;
    private final Map<String, List<Double>> figures = new TreeMap<>();

    private EverydayRun(int rounds, Path socket) {
        this.rounds = rounds;
        this.socket = socket;
    }

    /** Takes what to time, the number of rounds and the socket of the tracker. */
    public static void main(String[] arguments) throws IOException {
        EverydayRun run = new EverydayRun(Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        switch (arguments[0]) {
            case "leaving" -> run.leaving();
            case "telling" -> run.telling();
            case "shared" -> run.shared();
            case "compiling" -> run.compiling();
            case "fresh" -> run.fresh();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        run.figures.forEach((name, all) -> System.out.println(name + " " + Median.of(all)));
    }

    private void leaving() {
        try (AllocationServer server = AllocationServer.start(socket);
                Mesh mesh = new Mesh(server.socket(), Mesh.DEVICES)) {
            EverydayFixtures.mesh = mesh;
            repeat(() -> {
                test("bare", EverydayFixtures.BareLeaving.class, Map.of());
                test("allowed", EverydayFixtures.AllowedLeaving.class, Map.of());
                test("waived", EverydayFixtures.WaivedLeaving.class, Map.of());
            });
        }
    }

    private void telling() {
        repeat(() -> {
            test("bare", EverydayFixtures.BareTelling.class, Map.of());
            test("checked", EverydayFixtures.CheckedTelling.class, Map.of(TtMemoryCheckSettings.TRACKER, "device"));
        });
    }

    /** Regions of eight devices, each in use by a living process. */
    private void shared() throws IOException {
        Path memory = Path.of("/dev/shm");
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "tt-bench")
                : Files.createTempDirectory("tt-bench");
        List<Path> files = new ArrayList<>();
        try {
            for (int device = 0; device < Mesh.DEVICES; device++) {
                WrittenRegion region = WrittenRegion.create(directory, Integer.toString(1000 + device), device);
                files.add(region.file());
                region.attach(0, (int) ProcessHandle.current().pid(), "java").hold(0, 4096, 2048, 0, 0, 1024);
            }
            Map<String, String> settings = Map.of(
                    TtMemoryCheckSettings.TRACKER, "shm", TtMemoryCheckSettings.SHM_DIRECTORY, directory.toString());
            repeat(() -> {
                test("bare", EverydayFixtures.BareThousand.class, Map.of());
                test("checked", EverydayFixtures.CheckedThousand.class, settings);
            });
        } finally {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
        }
    }

    private void compiling() {
        try (AllocationServer server = AllocationServer.start(socket)) {
            EverydayFixtures.COMPILING.clearProgramCache();
            repeat(() -> {
                note("bare", Suite.run(EverydayFixtures.BareCompiling.class, server.socket(), Map.of())
                        .wholeNanos());
                EverydayFixtures.COMPILING.clearProgramCache();
                note("checked", Suite.run(EverydayFixtures.CheckedCompiling.class, server.socket(), Map.of())
                        .wholeNanos());
                EverydayFixtures.COMPILING.clearProgramCache();
            });
        }
    }

    /** What a JVM pays that has run no test before: its first thousand tests, and five thousand, report included. */
    private void fresh() throws IOException {
        try (AllocationServer server = AllocationServer.start(socket)) {
            List<Programs.Running> reporters = new ArrayList<>();
            try {
                for (int device = 0; device < Mesh.DEVICES; device++) {
                    reporters.add(Programs.start(Programs.java(
                            ReporterRun.class, List.of(), server.socket().toString(), Integer.toString(device))));
                }
                for (Programs.Running reporter : reporters) {
                    reporter.line();
                }
                Class<?> tests =
                        switch (rounds) {
                            case Fixtures.THOUSAND -> EverydayFixtures.CheckedThousand.class;
                            case -Fixtures.THOUSAND -> EverydayFixtures.BareThousand.class;
                            case Fixtures.REPETITIONS -> Fixtures.Checked.class;
                            default -> Fixtures.Bare.class;
                        };
                Suite suite = Suite.run(tests, server.socket(), Map.of());
                note("mean", suite.afterFirstNanos() / (suite.tests() - 1));
            } finally {
                reporters.forEach(Programs.Running::close);
            }
        }
    }

    private void repeat(Runnable round) {
        for (int i = 0; i < rounds + WARM_UPS; i++) {
            if (i == WARM_UPS) {
                figures.clear();
            }
            round.run();
        }
    }

    private void test(String name, Class<?> tests, Map<String, String> settings) {
        note(name, Suite.run(tests, socket, settings).medianNanos());
    }

    private void note(String name, double figure) {
        figures.computeIfAbsent(name, none -> new ArrayList<>()).add(figure);
    }
}
