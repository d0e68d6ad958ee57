package io.github.ttmemorycheck.samples.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that is loaded on all devices of the mesh.
 *
 * @param kernels the address of its kernel binary on each device, by the device's number
 */
record SimulatedProgram(List<Long> kernels) {

    static SimulatedProgram load(SimulatedOperation operation, List<SimulatedChip> chips) {
        List<Long> kernels = new ArrayList<>();
        for (SimulatedChip chip : chips) {
            kernels.add(chip.loadKernel(operation.kernelBytes()));
        }
        return new SimulatedProgram(List.copyOf(kernels));
    }

    void unload(List<SimulatedChip> chips) {
        for (int device = 0; device < kernels.size(); device++) {
            chips.get(device).free(kernels.get(device));
        }
    }
}
