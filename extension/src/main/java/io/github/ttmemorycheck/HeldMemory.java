package io.github.ttmemorycheck;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.Serial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A note on a test that failed by itself while earlier tests hold device memory: perhaps it found none left. It is a
 * suppressed throwable, since that is what every test runner prints with a failure.
 */
final class HeldMemory extends Throwable {

    private static final int HOLDERS = 5;

    @Serial
    private static final long serialVersionUID = 1L;

    private HeldMemory(String message) {
        super(message, null, false, false);
    }

    private record Holding(Subject holder, int device, MemoryKind kind) {}

    /** Adds the note, if earlier tests hold anything. */
    static void noteOn(Throwable failure, Subject failed, Run run) {
        try {
            Map<Holding, Long> held = new HashMap<>();
            for (DeviceBuffer buffer : run.tracker().snapshot().buffers()) {
                run.ledger()
                        .holder(buffer)
                        .filter(holder -> !holder.isOfTheSameTestAs(failed))
                        .ifPresent(holder -> held.merge(
                                new Holding(holder, buffer.device(), buffer.kind()), buffer.size(), Long::sum));
            }
            if (!held.isEmpty()) {
                failure.addSuppressed(new HeldMemory(text(held)));
            }
        } catch (TrackerException unknown) {
            run.log().warn("who holds device memory while " + failed.name() + " failed is not known", unknown);
        }
    }

    private static String text(Map<Holding, Long> held) {
        List<Map.Entry<Holding, Long>> largest = held.entrySet().stream()
                .sorted(Map.Entry.<Holding, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().holder().name())
                        .thenComparingInt(entry -> entry.getKey().device()))
                .toList();
        StringBuilder text = new StringBuilder("earlier tests held device memory while this one failed\n");
        largest.stream()
                .limit(HOLDERS)
                .forEach(entry -> text.append("\n  ")
                        .append(entry.getKey().holder().name())
                        .append(" holds ")
                        .append(ByteSize.format(entry.getValue()))
                        .append(" of ")
                        .append(entry.getKey().kind())
                        .append(" on device ")
                        .append(entry.getKey().device()));
        if (largest.size() > HOLDERS) {
            text.append("\n  ... and ").append(largest.size() - HOLDERS).append(" more");
        }
        return text.toString();
    }
}
