package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.List;
import java.util.Optional;

/** Somebody besides the tensor and one view of it holds the memory. */
final class HeldReferences implements DiagnosisRule {

    /** A buffer and its view make 2 references; measured runs show more only where something is held. */
    static final long ORDINARY = 2;

    @Override
    public String name() {
        return "held-references";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        List<DeviceBuffer> held = evidence.counted().stream()
                .filter(buffer -> buffer.refCount() > ORDINARY)
                .toList();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        DeviceBuffer most = held.stream()
                .max((one, other) -> Long.compare(one.refCount(), other.refCount()))
                .orElseThrow();
        long frees = most.allocations() - most.refCount();
        boolean even = held.stream().allMatch(buffer -> buffer.refCount() == most.refCount());
        return Optional.of(new Diagnosis(
                name(),
                "views or copies of a tensor still hold it",
                Wording.count(held.size(), "buffer") + (held.size() == 1 ? " has" : " have") + " a ref_count of "
                        + (even ? "" : "up to ") + Wording.number(most.refCount()) + ": allocated "
                        + Wording.times(most.allocations()) + ", freed "
                        + (frees == 0 ? "never" : Wording.times(frees)) + ".",
                List.of("deallocate each view and copy of the tensor, not only the tensor itself"),
                evidence.explainedBy(held)));
    }
}
