package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Every allocation of a buffer was reported twice, and only one free for the two. Programs do that, as measured: they
 * are loaded as a buffer and a view of it, and give back the view. This rule is silent while programs may sit in a
 * cache, or a cache fills with new ones, as that explains the buffers.
 */
final class Unbalanced implements DiagnosisRule {

    @Override
    public String name() {
        return "unbalanced";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        if (evidence.newPrograms().isPresent() || (!evidence.grew() && !evidence.cachesAreCleared())) {
            return Optional.empty();
        }
        List<DeviceBuffer> twice = evidence.counted().stream()
                .filter(Unbalanced::isLoadedTwiceFreedOnce)
                .toList();
        if (twice.isEmpty()) {
            return Optional.empty();
        }
        long addresses = twice.stream().map(DeviceBuffer::address).distinct().count();
        return Optional.of(new Diagnosis(
                name(),
                "memory is allocated twice and freed once",
                Wording.count(twice.size(), "buffer")
                        + (addresses > 1 ? " at " + addresses + " addresses" : "")
                        + (twice.size() == 1 ? " was" : " were") + " reported as allocated twice for each free.",
                List.of("free both owners of each buffer: what it was allocated as, and its view"),
                evidence.explainedBy(twice)));
    }

    /** Returns whether a buffer has two allocations for each free, and at least one free. */
    static boolean isLoadedTwiceFreedOnce(DeviceBuffer buffer) {
        long frees = buffer.allocations() - buffer.refCount();
        return frees > 0 && buffer.refCount() == frees;
    }
}
