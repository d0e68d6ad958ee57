package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every allocation of a buffer came twice, and only one free for the two: measured for programs, which are loaded as a
 * buffer and a view of it and give back the view. While those may sit in a program cache, or a cache fills with new ones,
 * this rule is silent, as that explains them.
 */
final class Unbalanced implements DiagnosisRule {

    @Override
    public String name() {
        return "unbalanced";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        boolean grew =
                !evidence.failing(finding -> finding.verdict() == Verdict.GREW).isEmpty();
        if (evidence.newPrograms().isPresent() || (!grew && !evidence.cachesAreCleared())) {
            return Optional.empty();
        }
        List<DeviceBuffer> twice = evidence.counted().stream()
                .filter(Unbalanced::isLoadedTwiceFreedOnce)
                .toList();
        if (twice.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> addresses = new HashSet<>();
        twice.forEach(buffer -> addresses.add(buffer.address()));
        return Optional.of(new Diagnosis(
                name(),
                "memory is allocated twice and freed once",
                Wording.count(twice.size(), "buffer")
                        + (addresses.size() > 1 ? " at " + addresses.size() + " addresses" : "")
                        + (twice.size() == 1 ? " was" : " were") + " reported allocated twice for each free.",
                List.of("free both owners of each buffer: what it was allocated as, and its view"),
                evidence.explainedBy(twice)));
    }

    /** Tells whether a buffer has two allocations for each free, and at least one free. */
    static boolean isLoadedTwiceFreedOnce(DeviceBuffer buffer) {
        long frees = buffer.allocations() - buffer.refCount();
        return frees > 0 && buffer.refCount() == frees;
    }
}
