package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several trackers as one. For each device and kind of memory the first speaks that knows such memory and has ever seen
 * the device; the others are held against it. Nothing is counted twice: each source is compared with its own mark, and
 * only then it is decided who speaks, so that a device which shows up later is new in every source.
 *
 * <p>A process that the one who speaks has never heard of is the exception: what it left counts by the figures of the
 * source that knows it.
 *
 * <p>A source that has no answer ends the question where it is named in the setting, or showed what no other shows.
 * Else others go on without it, which is logged once and stands in the description. Thread-safe: the lock of this
 * object guards what has been learnt.
 */
final class JoinedTracker implements MemoryTracker, AutoCloseable {

    /**
     * A source that could not be opened.
     *
     * @param isNeeded whether nothing is known without it as long as the others have seen no device
     */
    record Missing(String name, TrackerException why, boolean isNeeded) {}

    private record JoinedMark(
            JoinedTracker owner,
            Map<Source, Mark> marks,
            MemoryTotals totals,
            long takenAtNanos,
            AtomicReference<List<String>> remarks)
            implements Mark {

        @Override
        public long order() {
            return marks.values().stream().mapToLong(Mark::order).max().orElse(0);
        }

        @Override
        public void close() {
            marks.values().forEach(Mark::close);
        }
    }

    private final List<Source> sources;
    private final List<Missing> missing;
    private final Set<Source> spoke = new LinkedHashSet<>();

    /**
     * Joins trackers.
     *
     * @param sources at least one; who knows most comes first
     * @param missing those that could not be opened, without which the others are to go on
     */
    JoinedTracker(List<Source> sources, List<Missing> missing) {
        this.sources = List.copyOf(sources);
        this.missing = List.copyOf(missing);
    }

    private Optional<Source> speaker(MemoryPool pool) {
        for (Source source : sources) {
            if (source.knows(pool)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    private boolean speaks(Source source, MemoryPool pool) {
        return speaker(pool).filter(source::equals).isPresent();
    }

    /** Whether a source has shown what no better one shows. */
    private boolean speaks(Source source) {
        return source.seen().stream()
                .anyMatch(device -> Stream.of(MemoryKind.values())
                        .anyMatch(kind -> kind != MemoryKind.CIRCULAR_BUFFER
                                && kind != MemoryKind.KERNEL
                                && speaks(source, new MemoryPool(device, kind))));
    }

    private <A> Map<Source, A> askEach(Function<Source, Optional<A>> question) {
        Map<Source, A> answers = new LinkedHashMap<>();
        for (Source source : sources) {
            question.apply(source).ifPresent(answer -> answers.put(source, answer));
        }
        return answers;
    }

    private <A> Map<Source, A> ask(Function<MemoryTracker, A> question) {
        Map<Source, A> answers = askEach(source -> source.ask(speaks(source), () -> question.apply(source.tracker())));
        if (answers.isEmpty()) {
            sources.get(0).ask(true, () -> question.apply(sources.get(0).tracker()));
        }
        return answers;
    }

    private static <A> A answer(Map<Source, A> answers, Source of) {
        return Objects.requireNonNull(answers.get(of));
    }

    private void learn(Source source, MemoryTotals... figures) {
        Set<Integer> news = source.learn(figures);
        if (!news.isEmpty() && speaks(source) && spoke.add(source)) {
            Source.log()
                    .info("memory of device " + news.iterator().next() + " is reported by the "
                            + source.tracker().description());
        }
    }

    /** Returns those of the sources that speak, the first where nobody has seen anything. */
    private List<Source> loud(Set<Source> answering) {
        List<Source> loud = answering.stream().filter(this::speaks).toList();
        return loud.isEmpty() ? answering.stream().limit(1).toList() : loud;
    }

    /** Refuses to call nothing what those that are there see, where one is missing that might have seen something. */
    private void refuseIfBlind() {
        if (sources.stream().allMatch(source -> source.seen().isEmpty())) {
            missing.stream().filter(Missing::isNeeded).findFirst().ifPresent(blind -> {
                throw blind.why();
            });
        }
    }

    @Override
    public synchronized Mark mark() {
        Map<Source, Mark> marks = ask(MemoryTracker::mark);
        marks.forEach((source, mark) -> learn(source, mark.totals()));
        return new JoinedMark(
                this, marks, joined(marks, Mark::totals), System.nanoTime(), new AtomicReference<>(List.of()));
    }

    private <A> MemoryTotals joined(Map<Source, A> answers, Function<A, MemoryTotals> totalsOf) {
        List<Source> loud = loud(answers.keySet());
        if (loud.size() == 1) {
            return totalsOf.apply(answer(answers, loud.get(0)));
        }
        MemoryTotals.Builder totals = MemoryTotals.builder();
        answers.forEach((source, answer) -> {
            MemoryTotals figures = totalsOf.apply(answer);
            figures.pools().stream()
                    .filter(pool -> speaks(source, pool))
                    .forEach(pool -> totals.add(pool, figures.of(pool)));
        });
        return totals.build();
    }

    private JoinedMark own(Mark mark) {
        if (!(mark instanceof JoinedMark ours) || ours.owner() != this) {
            throw MemoryTracker.notOpen(this);
        }
        return ours;
    }

    @Override
    public synchronized SnapshotDiff since(Mark mark) {
        JoinedMark ours = own(mark);
        Map<Source, SnapshotDiff> diffs = askEach(source -> {
            Mark marked = ours.marks().get(source);
            return marked == null
                    ? unmarked(source)
                    : source.ask(speaks(source), () -> source.tracker().since(marked));
        });
        diffs.forEach((source, diff) -> learn(source, diff.before(), diff.after()));
        refuseIfBlind();
        if (diffs.isEmpty()) {
            throw MemoryTracker.notOpen(this);
        }
        List<Source> loud = loud(diffs.keySet());
        JoinedDiff joined = new JoinedDiff(diffs, pool -> speaker(pool).filter(diffs::containsKey));
        ours.remarks().set(joined.disagreements());
        Map<MemoryPool, Long> unheard = joined.leftByUnheard();
        spoke.addAll(unheard.isEmpty() ? List.of() : joined.tellingOfUnheard());
        SnapshotDiff first = answer(diffs, loud.get(0));
        return loud.size() == 1 && unheard.isEmpty() ? first : joined.diff(unheard);
    }

    /** A source without a mark is not compared; nothing can be said if it shows by now what no other one does. */
    private Optional<SnapshotDiff> unmarked(Source source) {
        source.ask(speaks(source), () -> source.tracker().snapshot())
                .ifPresent(snapshot -> learn(source, snapshot.totals()));
        if (speaks(source)) {
            throw new TrackerException(
                    "what was allocated before is not known",
                    "what changed since a mark, " + source.tracker().description(),
                    "it had no answer when the mark was made, and it reports memory now",
                    "run the tests again; the log says what was wrong when they began",
                    null);
        }
        return Optional.empty();
    }

    @Override
    public synchronized List<String> remarks(Mark mark) {
        JoinedMark ours = own(mark);
        return Stream.concat(
                        Objects.requireNonNull(ours.remarks().get()).stream(),
                        ours.marks().entrySet().stream()
                                .flatMap(entry -> entry.getKey().tracker().remarks(entry.getValue()).stream()))
                .distinct()
                .toList();
    }

    @Override
    public synchronized List<DeviceBuffer> freedSince(Mark mark) {
        return own(mark).marks().entrySet().stream()
                .flatMap(entry -> entry.getKey().tracker().freedSince(entry.getValue()).stream()
                        .filter(buffer -> speaks(entry.getKey(), buffer.pool())))
                .toList();
    }

    @Override
    public synchronized MemorySnapshot snapshot() {
        Map<Source, MemorySnapshot> snapshots = ask(MemoryTracker::snapshot);
        snapshots.forEach((source, snapshot) -> learn(source, snapshot.totals()));
        List<Source> loud = loud(snapshots.keySet());
        MemorySnapshot first = answer(snapshots, loud.get(0));
        if (loud.size() == 1) {
            return first;
        }
        Map<Integer, String> commands = snapshots.values().stream()
                .flatMap(snapshot -> snapshot.commands().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (better, other) -> better));
        List<DeviceBuffer> buffers = snapshots.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().buffers().stream().filter(buffer -> speaks(entry.getKey(), buffer.pool())))
                .toList();
        return new MemorySnapshot(joined(snapshots, MemorySnapshot::totals), false, buffers, commands, List.of());
    }

    /** Returns the figures of every source that has an answer: who speaks where does not matter to them. */
    @Override
    public synchronized List<ProcessUse> usesInTotals() {
        return ask(MemoryTracker::usesInTotals).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Returns what a source could have told that has seen nothing; none is named where nobody has. */
    @Override
    public synchronized List<String> absent() {
        return sources.stream()
                .filter(source -> source.seen().isEmpty())
                .map(Source::absence)
                .filter(absence -> !absence.isEmpty())
                .toList();
    }

    @Override
    public synchronized String description() {
        List<Source> named = spoke.isEmpty()
                ? sources.subList(0, 1)
                : sources.stream().filter(spoke::contains).toList();
        String without = Stream.concat(
                        missing.stream().map(Missing::name),
                        sources.stream().filter(Source::isFailing).map(Source::name))
                .collect(Collectors.joining(" and "));
        return named.stream().map(source -> source.tracker().description()).collect(Collectors.joining(", and "))
                + (without.isEmpty() ? "" : "; without " + without + ", as the log says");
    }

    @Override
    public synchronized boolean knowsBuffers() {
        return spoke.isEmpty()
                ? sources.get(0).tracker().knowsBuffers()
                : spoke.stream().allMatch(source -> source.tracker().knowsBuffers());
    }

    @Override
    public synchronized boolean knowsBuffers(MemoryPool pool) {
        return speaker(pool).orElse(sources.get(0)).tracker().knowsBuffers(pool);
    }

    @Override
    public synchronized boolean hasFiguresOf(MemoryKind kind) {
        return sources.stream().anyMatch(source -> source.tracker().hasFiguresOf(kind));
    }

    @Override
    public synchronized boolean hasHeardOf(int processId) {
        return sources.stream().anyMatch(source -> source.tracker().hasHeardOf(processId));
    }

    @Override
    public synchronized long activity() {
        return sources.stream()
                .mapToLong(source -> source.activity(speaks(source)))
                .sum();
    }

    @Override
    public void dump(Appendable out) throws IOException {
        for (Source source : talking()) {
            source.tracker().dump(out);
        }
    }

    private synchronized List<Source> talking() {
        return spoke.isEmpty() ? sources.subList(0, 1) : List.copyOf(spoke);
    }

    @Override
    public synchronized OptionalLong capacity(MemoryPool pool) {
        return sources.stream()
                .map(source -> source.tracker().capacity(pool))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    @Override
    public synchronized void requestDump() {
        sources.forEach(source -> source.tracker().requestDump());
    }

    @Override
    public void close() {
        sources.forEach(source -> TrackerChoice.close(source.tracker()));
    }

    @Override
    public String toString() {
        return description();
    }
}
