package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times tests with and without the check in one JVM, in turn, so that neither has the warmer code; writes the medians
 * of the medians in nanoseconds.
 */
final class CleanTestsRun {

    private static final int WARM_UPS = 2;

    private final int rounds;
    private final Path socket;
    private final Map<String, List<Double>> medians = new TreeMap<>();

    private CleanTestsRun(int rounds, Path socket) {
        this.rounds = rounds;
        this.socket = socket;
    }

    /** Takes what to time, the number of rounds and the socket of the tracker. */
    public static void main(String[] arguments) throws IOException {
        Path socket = Path.of(arguments[2]);
        CleanTestsRun run = new CleanTestsRun(Integer.parseInt(arguments[1]), socket);
        switch (arguments[0]) {
            case "embedded" -> run.embedded();
            case "server" -> run.server();
            case "collection" -> run.collection();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        run.medians.forEach((name, figures) -> System.out.println(name + " " + Median.of(figures)));
    }

    private void embedded() {
        try (AllocationServer server = AllocationServer.start(socket);
                Mesh mesh = new Mesh(server.socket(), Mesh.DEVICES)) {
            Fixtures.mesh = mesh;
            repeat(() -> {
                time("bare", Fixtures.Bare.class, Map.of());
                time("checked", Fixtures.Checked.class, Map.of());
                time("bareInUse", Fixtures.BareInUse.class, Map.of());
                time("checkedInUse", Fixtures.CheckedInUse.class, Map.of());
            });
        }
    }

    private void server() {
        Map<String, String> settings =
                Map.of(TtMemoryCheckSettings.TRACKER, "server", TtMemoryCheckSettings.GC, "never");
        repeat(() -> {
            time("bare", Fixtures.Bare.class, Map.of());
            try (RoundTrips trips = RoundTrips.open(socket)) {
                Fixtures.trips = trips;
                time("asking", Fixtures.BareAsking.class, Map.of());
            }
            time("checked", Fixtures.Checked.class, settings);
        });
    }

    private void collection() {
        Map<String, String> always = Map.of(TtMemoryCheckSettings.GC, "always");
        try (AllocationServer server = AllocationServer.start(socket);
                Mesh mesh = new Mesh(server.socket(), Mesh.DEVICES)) {
            Fixtures.mesh = mesh;
            // Collections take so long that a few tests must do, too few to have their own code compiled.
            time("bare", Fixtures.Bare.class, Map.of());
            time("checked", Fixtures.Checked.class, Map.of());
            repeat(() -> {
                double bare = time("bare", Fixtures.BareCollecting.class, Map.of());
                double checked = time("checked", Fixtures.CheckedFew.class, always);
                note("share", checked / bare);
            });
        }
    }

    private void repeat(Runnable round) {
        for (int i = 0; i < rounds + WARM_UPS; i++) {
            if (i == WARM_UPS) {
                medians.clear();
            }
            round.run();
        }
    }

    private double time(String name, Class<?> tests, Map<String, String> settings) {
        double nanos = Suite.run(tests, socket, settings).medianNanos();
        note(name, nanos);
        return nanos;
    }

    private void note(String name, double figure) {
        medians.computeIfAbsent(name, none -> new ArrayList<>()).add(figure);
    }
}
