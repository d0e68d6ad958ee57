package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.text.BufferNumber;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the devices for the live buffers of their allocators: nothing has to run, and nothing to be set.
 *
 * <p>Which devices there are is asked anew at each question, and one that was seen open is asked on until it is closed,
 * whoever has let go of it. One that is first seen after a mark held nothing then, as far as that mark goes; one that
 * is closed holds nothing. A buffer that was freed and allocated again between two questions, at the same place in the
 * same size, is the same buffer here.
 *
 * <p>As a {@link MemoryTracker} it answers only where every open device lists its buffers, since it knows nothing else;
 * who has other sources uses {@link #markKnown} and {@link #known}, which leave out what is not known. Marks and diffs
 * cost what is live. Thread-safe: one question at a time, under the lock of this object.
 */
public final class DeviceTracker implements MemoryTracker {

    /** Stands for no device. */
    private static final int NONE = -1;

    private static final long NOBODY = -1;

    private static final class DeviceMark implements Mark {

        private final DeviceTracker tracker;
        private final MemoryTotals totals;
        private final long order;
        private final long takenAtNanos = System.nanoTime();
        private @Nullable DeviceAnswers answers;

        DeviceMark(DeviceTracker tracker, DeviceAnswers answers) {
            this.tracker = tracker;
            this.totals = answers.contents().totals();
            this.order = answers.order();
            this.answers = answers;
        }

        @Override
        public MemoryTotals totals() {
            return totals;
        }

        @Override
        public long order() {
            return order;
        }

        @Override
        public long takenAtNanos() {
            return takenAtNanos;
        }

        @Override
        public void close() {
            tracker.forget(this);
        }
    }

    private final KnownDevices devices;
    private final boolean listing;
    private final SortedSet<String> told = new TreeSet<>();
    private final Set<DeviceMark> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private DeviceAnswers last = DeviceAnswers.NOTHING;
    private long activity;

    /**
     * Makes the tracker.
     *
     * @param devices the devices that are there when it is asked for, on the thread that asks; closed ones and the same
     *     one twice do no harm
     */
    public DeviceTracker(Supplier<? extends Collection<? extends TtDevice>> devices) {
        this(devices, true, WatchedCall.bound());
    }

    DeviceTracker(Supplier<? extends Collection<? extends TtDevice>> devices, boolean listing, Duration patience) {
        this.devices = new KnownDevices(devices, listing, patience);
        this.listing = listing;
    }

    /**
     * Makes one that never asks for buffers, and only learns which devices there are and when they are closed. So it
     * can be asked by {@link #markKnown} and {@link #known} alone.
     */
    public static DeviceTracker ofClosings(Supplier<? extends Collection<? extends TtDevice>> devices) {
        return new DeviceTracker(devices, false, WatchedCall.bound());
    }

    /** Returns for example {@code device tracker, buffers of MeshDevice}; also of those that are closed by now. */
    @Override
    public synchronized String description() {
        return "device tracker, "
                + (told.isEmpty()
                        ? "no open device that lists its buffers"
                        : "buffers of " + Wording.list(List.copyOf(told)));
    }

    /** Returns whether devices are asked for their buffers. */
    public boolean isListing() {
        return listing;
    }

    /** Returns whether any device has told its buffers so far. */
    public synchronized boolean hasTold() {
        return !told.isEmpty();
    }

    @Override
    public boolean knowsBuffers() {
        return true;
    }

    @Override
    public Mark mark() {
        return markOf(true);
    }

    /**
     * Remembers this moment as far as it is known. Where no buffers are asked for, only devices that came or went are
     * asked.
     */
    public Mark markKnown() {
        return markOf(false);
    }

    private synchronized Mark markOf(boolean wholly) {
        DeviceAnswers now = wholly ? wholly(heard()) : listing ? heard() : noted(devices.askChanged());
        DeviceMark mark = new DeviceMark(this, now);
        open.add(mark);
        return mark;
    }

    private synchronized void forget(DeviceMark mark) {
        mark.answers = null;
        open.remove(mark);
        if (open.isEmpty()) {
            devices.forgetLost();
        }
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        DeviceReading reading = known(mark);
        refuse(reading.problems(), reading.silent());
        return reading.diff();
    }

    /**
     * Returns what changed since a mark, as far as it is known.
     *
     * @throws IllegalStateException when the mark was closed or belongs to another tracker
     */
    public synchronized DeviceReading known(Mark mark) {
        DeviceAnswers then = mark instanceof DeviceMark ours && ours.tracker == this ? ours.answers : null;
        if (then == null) {
            throw MemoryTracker.notOpen(this);
        }
        DeviceAnswers now = heard();
        Map<Integer, String> problems = now.problemsSince(then);
        problems.putAll(devices.lost(mark.takenAtNanos(), then.said().keySet()));
        devices.unlisted().ifPresent(why -> problems.put(NONE, why));
        DeviceAnswers.Contents before = then.contents(number -> !problems.containsKey(number));
        DeviceAnswers.Contents after = now.contents(number -> !problems.containsKey(number));
        List<DeviceBuffer> left = now.missing(after.held(), before.held());
        List<DeviceBuffer> released = then.missing(before.held(), after.held());
        NavigableSet<Integer> listed = new TreeSet<>(before.devices());
        listed.addAll(after.devices());
        SnapshotDiff diff = new SnapshotDiff(
                before.totals(after),
                after.totals(before),
                true,
                left,
                released,
                List.of(),
                commands(Stream.of(left, released).flatMap(List::stream)),
                List.of());
        return new DeviceReading(diff, listed, now.silent(), List.copyOf(problems.values()));
    }

    /**
     * Takes what a device holds now for what it held at each open mark that does not know it: a device that was open
     * all the while, and that nobody knew of.
     */
    public synchronized void heldBefore(TtDevice device) {
        DeviceAnswers now = ask();
        devices.number(device).ifPresent(number -> {
            DeviceAnswers.Said said = Objects.requireNonNull(now.said().get(number));
            for (DeviceMark mark : open) {
                if (mark.answers != null && !mark.answers.said().containsKey(number)) {
                    mark.answers = mark.answers.with(number, said, now.buffers());
                }
            }
        });
    }

    /** Returns whether an open device of a number listed its buffers, as was last seen. */
    public synchronized boolean lists(int device) {
        return last.said().values().stream()
                .anyMatch(said -> said.word() instanceof DeviceWord.Listed listed
                        && listed.stands().devices().contains(device));
    }

    /** Returns whether the binding of an open device of a number names a process, as was last seen. */
    public synchronized boolean isNamedOf(int device, int processId) {
        return devices.openOf(device).anyMatch(known -> known.process().orElse(NOBODY) == processId);
    }

    /** Returns the name of an open device of a number whose binding names no process, as was last seen. */
    public synchronized Optional<String> unnamed(int device) {
        return devices.openOf(device)
                .filter(known -> known.process().isEmpty())
                .map(KnownDevice::name)
                .findFirst();
    }

    /** Returns how often what is known has changed; what is not known is left out. */
    public synchronized long knownActivity() {
        ask();
        return activity;
    }

    /**
     * Returns the devices that named their numbers and have been closed, as was last seen; of several closings of the
     * same the last.
     */
    public synchronized List<ClosedDevice> closed() {
        return devices.closed();
    }

    /** Returns why devices that should list their buffers do not, a sentence each; as was last seen. */
    public synchronized List<String> problems() {
        return Stream.concat(last.problems().values().stream(), devices.unlisted().stream())
                .toList();
    }

    @Override
    public synchronized MemorySnapshot snapshot() {
        return snapshot(wholly(ask()));
    }

    /** Returns what is allocated now as far as it is known. */
    public synchronized MemorySnapshot knownSnapshot() {
        return snapshot(ask());
    }

    /** Returns what was allocated when a device was asked last. */
    public synchronized MemorySnapshot lastSnapshot() {
        return snapshot(last);
    }

    private static MemorySnapshot snapshot(DeviceAnswers now) {
        DeviceAnswers.Contents contents = now.contents();
        List<DeviceBuffer> buffers = now.missing(contents.held(), Set.of());
        return new MemorySnapshot(contents.totals(), true, buffers, commands(buffers.stream()), List.of());
    }

    @Override
    public synchronized long activity() {
        wholly(ask());
        return activity;
    }

    @Override
    public void dump(Appendable out) throws IOException {
        DumpText.full().write(snapshot(), out);
    }

    @Override
    public OptionalLong capacity(MemoryPool pool) {
        return memoryView(pool).stream()
                .mapToLong(view -> view.banks() * view.bytesPerBank())
                .filter(bytes -> bytes > 0)
                .findFirst();
    }

    @Override
    public Optional<Room> room(MemoryPool pool) {
        return memoryView(pool)
                .map(view -> new Room(
                        view.banks() * view.freePerBank(), view.banks() * view.largestContiguousFreePerBank()));
    }

    /** Returns how full a kind of memory of a device is, where an open device knows that of this number. */
    private synchronized Optional<MemoryView> memoryView(MemoryPool pool) {
        return devices.memoryView(pool);
    }

    /** Asks for a mark or a diff: a device that then tells that it holds nothing was seen, too. */
    private DeviceAnswers heard() {
        DeviceAnswers now = ask();
        if (now.said().values().stream().anyMatch(of -> of.word() instanceof DeviceWord.Listed)) {
            activity++;
        }
        return now;
    }

    private DeviceAnswers ask() {
        return noted(devices.ask());
    }

    private DeviceAnswers noted(Map<Integer, DeviceAnswers.Said> said) {
        last = booked(said);
        return last;
    }

    /** Gives each buffer that was not there before a place in the order. */
    private DeviceAnswers booked(Map<Integer, DeviceAnswers.Said> said) {
        if (last.isOfTheSameWords(said)) {
            return last;
        }
        long now = System.nanoTime();
        long order = Math.max(last.order(), BufferNumber.OF_DEVICES);
        long came = 0;
        Map<BufferIdentity, DeviceBuffer> before = last.buffers();
        // What a device held that does not tell now keeps its place for when it tells again.
        boolean allTold = said.values().stream().noneMatch(of -> of.word() instanceof DeviceWord.Unknown);
        Map<BufferIdentity, DeviceBuffer> buffers = allTold ? new HashMap<>() : new HashMap<>(before);
        for (DeviceAnswers.Said of : said.values()) {
            if (of.word() instanceof DeviceWord.Listed word) {
                told.add(of.name());
                for (BufferIdentity held : word.held()) {
                    if (!buffers.containsKey(held)) {
                        DeviceBuffer known = before.get(held);
                        buffers.put(held, known == null ? held.buffer(order + ++came, now) : known);
                    }
                }
            }
        }
        activity += came + (before.size() + came - buffers.size());
        return new DeviceAnswers(said, buffers, came == 0 ? last.order() : order + came);
    }

    private DeviceAnswers wholly(DeviceAnswers now) {
        refuse(problems(), now.silent());
        return now;
    }

    private static void refuse(Collection<String> problems, Collection<String> silent) {
        if (!problems.isEmpty() || !silent.isEmpty()) {
            throw new TrackerException(
                    "an open device does not say what is allocated on it",
                    "each open device for the live buffers of its allocator, TtDevice.allocatedBuffers()",
                    Stream.concat(
                                    problems.stream(),
                                    silent.stream().map(name -> name + ".allocatedBuffers() says that it is not known"))
                            .collect(Collectors.joining("; ")),
                    "correct the binding, or let another tracker be used beside the devices",
                    null);
        }
    }

    private static Map<Integer, String> commands(Stream<DeviceBuffer> buffers) {
        ProcFiles proc = ProcFiles.ofThisSystem();
        return buffers.map(DeviceBuffer::processId)
                .distinct()
                .map(process -> Map.entry(process, proc.command(process)))
                .filter(command -> !command.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
