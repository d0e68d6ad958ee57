package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.SharedDeviceMemory;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.jspecify.annotations.Nullable;

/** A mesh that is opened when a test first asks for it, and stays open for the whole run. Thread-safe. */
final class SessionMesh {

    private static @Nullable SimulatedMeshDevice mesh;

    private SessionMesh() {}

    // tag::session[]
    static synchronized SimulatedMeshDevice get() {
        SimulatedMeshDevice open = mesh;
        if (open == null) {
            SharedDeviceMemory session = SharedDeviceMemory.open("session's mesh");
            try {
                open = SimulatedMeshDevice.open();
                open.tensor(DRAM, 14 * MIB); // what it holds as long as it is open
                mesh = open;
            } finally {
                session.close();
            }
        }
        return open;
    }
    // end::session[]

    static synchronized void close() {
        if (mesh != null) {
            mesh.close();
            mesh = null;
        }
    }
}
