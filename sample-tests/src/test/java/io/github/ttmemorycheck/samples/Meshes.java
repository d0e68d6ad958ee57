package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.worker.WorkerCommand;
import io.github.ttmemorycheck.samples.worker.WorkerDevice;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the samples that run on any mesh get theirs. The system property {@value #PROPERTY} decides: {@code simulated},
 * as it is by default; {@code worker}, a process of its own, with real devices where it has them; {@code hardware},
 * which the profile of that name sets, the same with nothing but real devices.
 */
final class Meshes {

    static final String PROPERTY = "samples.device";

    private Meshes() {}

    static Mesh open() {
        String device = System.getProperty(PROPERTY, "simulated");
        return switch (device) {
            case "simulated" -> SimulatedMeshDevice.open();
            case "worker" -> worker(false);
            case "hardware" -> worker(true);
            default ->
                throw new IllegalStateException("-D" + PROPERTY + " must be simulated, worker or hardware, not '"
                        + device + "'; correct or remove it");
        };
    }

    /** Says what the samples run on. */
    static String kind() {
        return System.getProperty(PROPERTY, "simulated").equals("hardware") ? "REAL devices" : "a SIMULATED mesh";
    }

    private static WorkerDevice worker(boolean hardware) {
        return WorkerDevice.open(
                WorkerCommand.choose(System.getenv()),
                Map.of(),
                Path.of(System.getProperty(TtMemoryCheckSettings.SOCKET)),
                hardware);
    }
}
