package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules that count the references of buffers. */
final class ReferenceRules {

    /** A buffer and its view make 2 references; measured runs show more only where something is held. */
    private static final long ORDINARY = 2;

    private ReferenceRules() {}

    /** Somebody besides the tensor and one view of it holds the memory. */
    static Optional<Diagnosis> heldReferences(String rule, Evidence evidence) {
        if (evidence.viewsAdded()) {
            return Optional.of(new Diagnosis(
                    rule,
                    "a view of memory that was there before is still held",
                    "A further reference to it was added and not given back.",
                    List.of("deallocate the view; the memory is freed with its last reference"),
                    evidence.failingKinds()));
        }
        List<DeviceBuffer> held = evidence.counted().stream()
                .filter(buffer -> buffer.refCount() > ORDINARY)
                .toList();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        DeviceBuffer most = Collections.max(held, Comparator.comparingLong(DeviceBuffer::refCount));
        long frees = most.allocations() - most.refCount();
        boolean even = held.stream().allMatch(buffer -> buffer.refCount() == most.refCount());
        return Optional.of(new Diagnosis(
                rule,
                "views or copies of a tensor still hold it",
                Wording.count(held.size(), "buffer") + (held.size() == 1 ? " has" : " have") + " a ref_count of "
                        + (even ? "" : "up to ") + Wording.number(most.refCount()) + ": allocated "
                        + Wording.times(most.allocations()) + ", freed "
                        + (frees == 0 ? "never" : Wording.times(frees)) + ".",
                List.of("deallocate each view and copy of the tensor, not only the tensor itself"),
                evidence.explainedBy(held)));
    }

    /**
     * Every allocation of a buffer was reported twice, and only one free for the two. Programs do that, as measured:
     * they are loaded as a buffer and a view of it, and give back the view. This rule is silent while programs may sit
     * in a cache, or a cache fills with new ones, as that explains the buffers.
     */
    static Optional<Diagnosis> unbalanced(String rule, Evidence evidence) {
        if (evidence.newPrograms().isPresent() || (!evidence.grew() && !evidence.cachesAreCleared())) {
            return Optional.empty();
        }
        List<DeviceBuffer> twice = evidence.counted().stream()
                .filter(ReferenceRules::isLoadedTwiceFreedOnce)
                .toList();
        if (twice.isEmpty()) {
            return Optional.empty();
        }
        long addresses = twice.stream().map(DeviceBuffer::address).distinct().count();
        return Optional.of(new Diagnosis(
                rule,
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
