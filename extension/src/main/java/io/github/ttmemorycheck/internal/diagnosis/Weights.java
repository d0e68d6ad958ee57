package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** There is so much DRAM that it can hardly be anything but the weights of a model, or its cache of keys and values. */
final class Weights {

    /** Runs that keep their weights or KV cache show more than this on a device, others less than 1 MiB. In bytes. */
    static final long SMALLEST = 100L * 1024 * 1024;

    private Weights() {}

    static Optional<Diagnosis> diagnose(String rule, Evidence evidence) {
        List<Finding> dram = evidence.failing(MemoryKind.DRAM);
        List<Finding> large =
                dram.stream().filter(finding -> finding.left() > SMALLEST).toList();
        if (large.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Diagnosis(
                rule,
                "the weights of a model, or a KV cache",
                "More than " + ByteSize.format(SMALLEST) + " of DRAM on a device is rarely anything else; "
                        + evidence.amounts(large, Finding::left) + " is left" + largest(evidence, large) + ".",
                List.of("deallocate the model or its KV cache before the test ends, or load it once for the class"),
                large.size() == dram.size() ? Set.of(MemoryKind.DRAM) : Set.of()));
    }

    private static String largest(Evidence evidence, List<Finding> large) {
        List<DeviceBuffer> buffers = evidence.buffers(MemoryKind.DRAM, Evidence.devices(large));
        return buffers.stream()
                .map(DeviceBuffer::size)
                .max(Long::compareUnsigned)
                .map(size -> ", in " + Wording.count(buffers.size(), "buffer") + " of up to " + ByteSize.format(size))
                .orElse("");
    }
}
