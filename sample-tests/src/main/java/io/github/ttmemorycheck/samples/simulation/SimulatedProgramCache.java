package io.github.ttmemorycheck.samples.simulation;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The programs of the mesh. A program is found again by its operation and the sizes of its operands, which stand for
 * their shapes here. Not thread-safe: guarded by the lock of the mesh.
 */
final class SimulatedProgramCache {

    private final List<SimulatedChip> chips;
    private final boolean stableKeys;
    private final boolean newKeys;
    private final Map<Key, SimulatedProgram> programs = new LinkedHashMap<>();
    private final Set<SimulatedOperation> haveCircularBuffers = EnumSet.noneOf(SimulatedOperation.class);
    private boolean enabled = true;
    private long calls;

    SimulatedProgramCache(List<SimulatedChip> chips, Set<SimulationOption> options) {
        this.chips = chips;
        this.stableKeys = !options.contains(SimulationOption.UNSTABLE_PROGRAM_KEYS);
        this.newKeys = options.contains(SimulationOption.NEW_PROGRAM_KEYS);
    }

    /** Loads the program of a call unless it is cached, and releases it again where nothing may be cached. */
    void run(SimulatedOperation operation, List<Long> operandBytes) {
        Key key = new Key(operation, operandBytes, newKeys ? ++calls : 0);
        if (programs.containsKey(key)) {
            return;
        }
        SimulatedProgram program = SimulatedProgram.load(operation, chips);
        // The region of the circular buffers belongs to the operation, whatever the shapes; an unstable key hides even
        // that.
        if (haveCircularBuffers.add(operation) || !stableKeys) {
            operation.circularBufferBytes().forEach(chips.get(0)::allocateCircularBuffer);
        }
        if (!stableKeys) {
            return; // nobody can name it any more: it stays until the device is closed
        }
        if (enabled) {
            programs.put(key, program);
        } else {
            program.unload(chips);
        }
    }

    void enable() {
        enabled = true;
    }

    void disable() {
        enabled = false;
    }

    void clear() {
        programs.values().forEach(program -> program.unload(chips));
        programs.clear();
    }

    long size() {
        return programs.size();
    }

    private record Key(SimulatedOperation operation, List<Long> operandBytes, long call) {}
}
