package io.github.ttmemorycheck.internal.baseline;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private final Map<Subject, Map<MemoryPool, Long>> left = new HashMap<>();
    private final Set<Subject> inPart = new HashSet<>();

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
        Map<MemoryPool, Long> most = left.computeIfAbsent(subject.repetitions(), unseen -> new HashMap<>());
        for (Finding finding : findings) {
            if (finding.left() > 0) {
                most.merge(finding.pool(), finding.left(), Math::max);
            }
        }
    }

    /** Returns whether there is a file. */
    public boolean isKept() {
        return file != null;
    }

    /** Notes that not all of a test or class ran to its end, so that no value of it may shrink. */
    public synchronized void ranInPart(Subject subject) {
        inPart.add(subject.repetitions());
    }

    /** Notes that nothing was seen of a class and what is in it, so that no value of theirs may shrink. */
    public synchronized void notChecked(Subject type) {
        String id = type.repetitions().uniqueId();
        left.keySet()
                .removeIf(subject ->
                        subject.uniqueId().equals(id) || subject.uniqueId().startsWith(id + "/"));
    }

    @Override
    public synchronized void close() {
        boolean nothingToShrink = !recording && stated.isEmpty();
        if (file == null || left.isEmpty() || nothingToShrink) {
            return;
        }
        file.update(known -> {
            Map<BaselineFile.Key, Long> next = new TreeMap<>(known);
            Map<BaselineFile.Key, Long> measured = measured();
            Set<String> whole = names(left.keySet());
            whole.removeAll(names(inPart));
            if (recording) {
                next.keySet().removeIf(key -> whole.contains(key.subject()));
                measured.forEach((key, bytes) -> next.merge(key, bytes, Math::max));
            } else {
                next.replaceAll((key, bytes) ->
                        whole.contains(key.subject()) ? Math.min(bytes, measured.getOrDefault(key, 0L)) : bytes);
                next.values().removeIf(bytes -> bytes == 0);
            }
            return next;
        });
    }

    /** Returns what was left, as the file names it: of a class that ran twice, in two suites, the most counts. */
    private Map<BaselineFile.Key, Long> measured() {
        Map<BaselineFile.Key, Long> measured = new HashMap<>();
        left.forEach((subject, pools) -> pools.forEach((pool, bytes) ->
                measured.merge(new BaselineFile.Key(subject.qualifiedName(), pool), bytes, Math::max)));
        return measured;
    }

    private static Set<String> names(Set<Subject> subjects) {
        return subjects.stream().map(Subject::qualifiedName).collect(Collectors.toSet());
    }
}
