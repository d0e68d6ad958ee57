package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The note on a test that failed by itself while earlier tests hold device memory: perhaps it found none left. */
final class HolderNote {

    private static final int HOLDERS = 5;

    private HolderNote() {}

    private record Held(Subject holder, MemoryPool pool) {}

    /** Writes the note; empty when earlier tests hold nothing, or that is not known, which is logged. */
    static Optional<String> on(Subject failed, Run run) {
        try {
            Map<Held, Long> held = new HashMap<>();
            for (DeviceBuffer buffer : run.tracker().snapshot().buffers()) {
                run.ledger()
                        .holder(buffer)
                        .filter(holder -> !holder.isOfTheSameTestAs(failed))
                        .ifPresent(holder -> held.merge(new Held(holder, buffer.pool()), buffer.size(), ByteSize::sum));
            }
            return held.isEmpty() ? Optional.empty() : Optional.of(text(held));
        } catch (TrackerException unknown) {
            run.log().warn("who holds device memory while " + failed + " failed is not known", unknown);
            return Optional.empty();
        }
    }

    private static String text(Map<Held, Long> held) {
        List<Map.Entry<Held, Long>> largest = held.entrySet().stream()
                .sorted(Map.Entry.<Held, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().holder().name())
                        .thenComparing(entry -> entry.getKey().pool()))
                .toList();
        StringBuilder text = new StringBuilder("earlier tests held device memory while this one failed\n");
        largest.stream().limit(HOLDERS).forEach(entry -> {
            MemoryPool pool = entry.getKey().pool();
            text.append("\n  " + entry.getKey().holder() + " holds " + ByteSize.format(entry.getValue()) + " of "
                    + pool.kind() + " on device " + pool.device());
        });
        return text + (largest.size() > HOLDERS ? "\n  ... and " + (largest.size() - HOLDERS) + " more" : "");
    }
}
