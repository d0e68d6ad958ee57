package io.github.ttmemorycheck.internal.baseline;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The baseline that is kept in a file: what each test and class may leave, as it was once recorded. Without the flag to
 * record, a value only shrinks: to what was left, when that was less. With the flag it becomes what was left. Of what
 * did not run as a whole no value shrinks either way. Thread-safe.
 */
public final class RecordedBaseline implements AutoCloseable {

    private final @Nullable BaselineFile file;
    private final boolean recording;
    private final Map<BaselineFile.Key, Long> stated;
    private final Map<BaselineFile.Key, Long> left = new HashMap<>();
    private final Set<String> subjects = new HashSet<>();
    private final Set<String> inPart = new HashSet<>();

    /** Reads the file at a path, if there is one; {@code recording} is whether values may grow. */
    public RecordedBaseline(@Nullable Path path, boolean recording) {
        this.file = path == null ? null : new BaselineFile(path);
        this.recording = recording;
        this.stated = file == null ? Map.of() : file.read();
    }

    /** Returns what is recorded for a test or class; while recording, nothing that is left is too much. */
    public Optional<BaselineLevel> level(Subject subject) {
        if (file == null) {
            return Optional.empty();
        }
        List<BaselineStatement> statements = new ArrayList<>();
        if (recording) {
            for (MemoryKind kind : MemoryKind.values()) {
                statements.add(new BaselineStatement(Baseline.ALL_DEVICES, kind, Long.MAX_VALUE));
            }
        } else {
            stated.forEach((key, bytes) -> {
                if (key.subject().equals(subject.qualifiedName())) {
                    statements.add(new BaselineStatement(
                            key.pool().device(), key.pool().kind(), bytes));
                }
            });
        }
        return Optional.of(new BaselineLevel(file.path().toString(), BaselineScope.METHOD, statements));
    }

    /** Notes what a test or class left that ran to its end; of several repetitions the most counts. */
    public synchronized void measured(Subject subject, List<Finding> findings) {
        if (file == null) {
            return;
        }
        String name = subject.qualifiedName();
        subjects.add(name);
        for (Finding finding : findings) {
            if (finding.left() > 0) {
                left.merge(new BaselineFile.Key(name, finding.pool()), finding.left(), Math::max);
            }
        }
    }

    /** Returns whether there is a file. */
    public boolean isKept() {
        return file != null;
    }

    /** Notes that not all of a test or class ran to its end, so that no value of it may shrink. */
    public synchronized void ranInPart(Subject subject) {
        inPart.add(subject.qualifiedName());
    }

    /** Notes that nothing was seen of a class and what is in it, so that no value of theirs may shrink. */
    public synchronized void notChecked(Subject type) {
        String name = type.qualifiedName();
        subjects.removeIf(subject -> subject.equals(name) || subject.startsWith(name + "."));
    }

    @Override
    public synchronized void close() {
        boolean nothingToShrink = !recording && stated.isEmpty();
        if (file == null || subjects.isEmpty() || nothingToShrink) {
            return;
        }
        file.update(known -> {
            Map<BaselineFile.Key, Long> next = new TreeMap<>(known);
            if (recording) {
                next.keySet().removeIf(this::mayShrink);
                left.forEach((key, bytes) -> next.merge(key, bytes, Math::max));
            } else {
                next.replaceAll((key, bytes) -> mayShrink(key) ? Math.min(bytes, left.getOrDefault(key, 0L)) : bytes);
                next.values().removeIf(bytes -> bytes == 0);
            }
            return next;
        });
    }

    private boolean mayShrink(BaselineFile.Key key) {
        return subjects.contains(key.subject()) && !inPart.contains(key.subject());
    }
}
