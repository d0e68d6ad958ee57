package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which memory that a test left was freed after it: during a later check, or between two, where a mark stays open
 * from one to the next as long as anything is left. Thread-safe.
 */
final class LateReleases {

    private final Run run;
    private MemoryTracker.@Nullable Mark between;

    LateReleases(Run run) {
        this.run = run;
    }

    /** Begins to watch what goes before the next check, if tests have left something. */
    synchronized void checkEnded() {
        if (between == null && run.ledger().holdsAnything()) {
            try {
                between = run.tracker().mark();
            } catch (TrackerException blind) {
                run.log().debug(() -> "what is freed between tests is not seen: " + blind.getMessage());
            }
        }
    }

    /** Says what went since the last check ended. */
    synchronized void checkBegins(Subject next) {
        MemoryTracker.Mark mark = between;
        between = null;
        if (mark != null) {
            try (mark) {
                List<DeviceBuffer> released = run.tracker().since(mark).released().stream()
                        .filter(buffer -> isBetweenTestsOfOneClass(buffer, next))
                        .toList();
                note(released, next, " left were freed after it, before " + next.name() + " began");
            } catch (TrackerException blind) {
                run.log().debug(() -> "what was freed between tests is not known: " + blind.getMessage());
            }
        }
    }

    /** What the end of a class frees, as by closing its device, is no news. */
    private boolean isBetweenTestsOfOneClass(DeviceBuffer buffer, Subject next) {
        return next.isTest()
                && run.ledger()
                        .holder(buffer)
                        .filter(holder -> holder.className().equals(next.className()))
                        .isPresent();
    }

    /** Says what a check saw go that other tests had left. */
    void during(Subject subject, List<DeviceBuffer> released) {
        note(released, subject, " left were freed during " + subject.name());
    }

    private void note(List<DeviceBuffer> released, Subject during, String what) {
        Map<Subject, List<DeviceBuffer>> late = new LinkedHashMap<>();
        for (DeviceBuffer buffer : released) {
            run.ledger()
                    .freed(buffer)
                    .filter(holder -> !holder.equals(during))
                    .ifPresent(holder -> late.computeIfAbsent(holder, unseen -> new ArrayList<>())
                            .add(buffer));
        }
        late.forEach((holder, freed) -> {
            long bytes = ByteSize.sum(freed.stream().mapToLong(DeviceBuffer::size));
            run.log().info("late release: " + ByteSize.format(bytes) + " that " + holder.name() + what);
            run.recorder().lateRelease(holder, during, freed);
        });
    }
}
