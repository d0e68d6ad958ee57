package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.BufferIdentity;
import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.internal.devices.DeviceTracker;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose memory devices tell of, for one question. Where a binding names no process, it is this JVM, or the one process
 * of the run that has memory on the device: whose buffers an allocator holds that tells them, and whoever has any where
 * it does not. Where several could be meant nothing is taken for known. What others hold is only read where that has to
 * be found out.
 */
final class Owners {

    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());

    private static final int ANYBODY = 0;

    /** Kinds that totals tell of exactly as an allocator does. */
    private static final Set<MemoryKind> COMPARED =
            EnumSet.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    /**
     * Whose memory a device tells of.
     *
     * @param processId the process; this JVM where it is not certain
     * @param others which others could be meant; none where it is certain
     */
    private record Owner(int processId, NavigableSet<Integer> others) {

        static Owner certain(int processId) {
            return new Owner(processId, new TreeSet<>());
        }

        boolean is(int process) {
            return others.isEmpty() && processId == process;
        }
    }

    private final MemoryTracker whole;
    private final DeviceTracker devices;
    private final IntPredicate ofRun;
    private final Supplier<List<DeviceBuffer>> freed;
    private final Map<Integer, Owner> open = new HashMap<>();
    private final IdentityHashMap<ClosedDevice, Map<Integer, Owner>> closed = new IdentityHashMap<>();
    private @Nullable List<DeviceBuffer> live;
    private @Nullable List<DeviceBuffer> reported;
    private @Nullable List<ProcessUse> totals;

    /**
     * Makes it for one question.
     *
     * @param whole the other sources
     * @param ofRun whether a process is of the run
     * @param freed what was freed since the time that is asked about
     */
    Owners(MemoryTracker whole, DeviceTracker devices, IntPredicate ofRun, Supplier<List<DeviceBuffer>> freed) {
        this.whole = whole;
        this.devices = devices;
        this.ofRun = ofRun;
        this.freed = freed;
    }

    static Set<BufferIdentity> identities(Collection<DeviceBuffer> buffers) {
        return buffers.stream().map(BufferIdentity::of).collect(Collectors.toSet());
    }

    /** Returns which buffer it is, whoever holds it. */
    private static BufferIdentity ofAnybody(DeviceBuffer buffer) {
        return new BufferIdentity(ANYBODY, buffer.device(), buffer.kind(), buffer.address(), buffer.size());
    }

    /** Returns whether a process has an open device of a number. */
    boolean isOpenOf(int device, int processId) {
        return devices.isNamedOf(device, processId)
                || (devices.unnamed(device).isPresent() && ofOpen(device).is(processId));
    }

    /** Returns whether a process had a device open that is closed. */
    boolean isClosedOf(ClosedDevice device, int number, int processId) {
        return device.processId().isPresent()
                ? device.processId().getAsLong() == processId
                : ofClosed(device, number).is(processId);
    }

    /** Returns whether a buffer went with a device of its process that has been closed. */
    boolean wentWithOneOf(List<ClosedDevice> closed, DeviceBuffer buffer) {
        return closed.stream()
                .filter(device -> device.devices().contains(buffer.device())
                        && isClosedOf(device, buffer.device(), buffer.processId()))
                .anyMatch(device -> buffer.seenAtNanos()
                                - (isOpenOf(buffer.device(), buffer.processId())
                                        ? device.lastOpenNanos()
                                        : device.closedNanos())
                        <= 0);
    }

    /** Returns those buffers that devices told and others do not name, each as one of the process that holds it. */
    List<DeviceBuffer> unreported(Collection<DeviceBuffer> told, Collection<DeviceBuffer> byOthers) {
        Set<BufferIdentity> reported = identities(byOthers);
        return told.stream()
                .filter(buffer -> !reported.contains(BufferIdentity.of(buffer)))
                .map(this::attributed)
                .filter(buffer -> !reported.contains(BufferIdentity.of(buffer)))
                .toList();
    }

    /** Returns a buffer that a device told as one of the process that holds it. */
    DeviceBuffer attributed(DeviceBuffer told) {
        if (told.processId() != SELF || devices.unnamed(told.device()).isEmpty()) {
            return told;
        }
        Owner owner = ofOpen(told.device());
        return owner.others().isEmpty()
                ? of(owner.processId(), told)
                : reported().stream()
                        .filter(buffer -> ofAnybody(buffer).equals(ofAnybody(told)))
                        .findFirst()
                        .map(buffer -> of(buffer.processId(), told))
                        .orElse(told);
    }

    private static DeviceBuffer of(int processId, DeviceBuffer told) {
        return processId == told.processId() ? told : bufferOf(processId, told);
    }

    /** Returns a buffer of a process, and no reference, where the other one says it is. */
    static DeviceBuffer bufferOf(int processId, DeviceBuffer other) {
        return new DeviceBuffer(
                other.device(),
                other.kind(),
                other.address(),
                other.size(),
                other.refCount(),
                other.allocations(),
                processId,
                other.order(),
                other.seenAtNanos());
    }

    /** Says where it is not certain whose an open device is, though a process left something there. */
    Optional<String> doubt(int device, int processId) {
        return devices.unnamed(device)
                .filter(name -> processId != SELF)
                .filter(name -> ofOpen(device).others().contains(processId))
                .map(name -> name + " does not tell which process has it open, processId(); "
                        + counting(ofOpen(device).others(), device));
    }

    /** Says where it is not certain whose a closed device was, though a process left something there. */
    Optional<String> doubt(ClosedDevice device, int number, int processId) {
        return processId != SELF
                        && device.processId().isEmpty()
                        && ofClosed(device, number).others().contains(processId)
                ? Optional.of(device.name() + " is closed and does not tell which process had it open, processId(); "
                        + counting(ofClosed(device, number).others(), number))
                : Optional.empty();
    }

    private static String counting(NavigableSet<Integer> processes, int device) {
        return processes.size() == 1
                ? "pid " + processes.first() + " has memory on device " + device + ", so what it left counts"
                : Wording.count(processes.size(), "process") + " have memory on device " + device + " ("
                        + processes.stream().map(process -> "pid " + process).collect(Collectors.joining(", "))
                        + "), so what they left counts";
    }

    private Owner ofOpen(int device) {
        Owner known = open.get(device);
        if (known == null) {
            List<DeviceBuffer> held = devices.lastSnapshot().buffers().stream()
                    .filter(buffer -> buffer.device() == device && buffer.processId() == SELF)
                    .toList();
            known = devices.lists(device) ? telling(device, held, buffer -> true) : silent(device, buffer -> true);
            open.put(device, known);
        }
        return known;
    }

    private Owner ofClosed(ClosedDevice device, int number) {
        return closed.computeIfAbsent(device, unseen -> new HashMap<>()).computeIfAbsent(number, unseen -> {
            Predicate<DeviceBuffer> earlier = buffer -> buffer.seenAtNanos() - device.closedNanos() <= 0;
            return device.held()
                    .map(held -> telling(
                            number,
                            held.stream()
                                    .filter(buffer -> buffer.device() == number)
                                    .toList(),
                            earlier))
                    .orElseGet(() -> silent(number, earlier));
        });
    }

    /** Finds the owner of a device by what its allocator holds. */
    private Owner telling(int device, List<DeviceBuffer> held, Predicate<DeviceBuffer> when) {
        Set<BufferIdentity> places =
                held.stream().map(Owners::ofAnybody).collect(Collectors.toCollection(HashSet::new));
        MemoryTotals.Builder sums = MemoryTotals.builder();
        held.forEach(sums::add);
        MemoryTotals sum = sums.build();
        NavigableSet<Integer> holding = new TreeSet<>();
        reportedOn(device, when)
                .filter(buffer -> places.contains(ofAnybody(buffer)))
                .forEach(buffer -> holding.add(buffer.processId()));
        totals().stream().filter(use -> isSame(use.held(), sum, device)).forEach(use -> holding.add(use.processId()));
        if (holding.isEmpty()) {
            NavigableSet<Integer> any = anyOn(device, when);
            return any.contains(SELF) ? Owner.certain(SELF) : new Owner(SELF, any);
        }
        return among(holding);
    }

    private static boolean isSame(MemoryTotals one, MemoryTotals other, int device) {
        return COMPARED.stream().allMatch(kind -> one.of(device, kind) == other.of(device, kind))
                && COMPARED.stream().anyMatch(kind -> one.of(device, kind) != 0);
    }

    /** Finds the owner of a device by who has, or in this JVM had, memory there. */
    private Owner silent(int device, Predicate<DeviceBuffer> when) {
        NavigableSet<Integer> any = anyOn(device, when);
        boolean had = !any.contains(SELF)
                && freed.get().stream().anyMatch(buffer -> buffer.device() == device && buffer.processId() == SELF);
        return had ? Owner.certain(SELF) : among(any);
    }

    private static Owner among(NavigableSet<Integer> processes) {
        if (processes.contains(SELF) || processes.isEmpty()) {
            return Owner.certain(SELF);
        }
        return processes.size() == 1 ? Owner.certain(processes.first()) : new Owner(SELF, processes);
    }

    /** Returns who has memory on a device; this JVM also where it only may have had some. */
    private NavigableSet<Integer> anyOn(int device, Predicate<DeviceBuffer> when) {
        NavigableSet<Integer> any = new TreeSet<>();
        reportedOn(device, when).forEach(buffer -> any.add(buffer.processId()));
        totals().stream()
                .filter(use -> use.processId() == SELF
                        ? use.held().devices().contains(device)
                        : COMPARED.stream().anyMatch(kind -> use.held().of(device, kind) != 0))
                .forEach(use -> any.add(use.processId()));
        return any;
    }

    private Stream<DeviceBuffer> reportedOn(int device, Predicate<DeviceBuffer> when) {
        return reported().stream().filter(buffer -> buffer.device() == device).filter(when);
    }

    /** Returns what is live by the other sources, asked once. */
    List<DeviceBuffer> live() {
        List<DeviceBuffer> known = live;
        if (known == null) {
            known = whole.snapshot().buffers();
            live = known;
        }
        return known;
    }

    private List<DeviceBuffer> reported() {
        List<DeviceBuffer> known = reported;
        if (known == null) {
            known = live().stream()
                    .filter(buffer -> ofRun.test(buffer.processId()))
                    .toList();
            reported = known;
        }
        return known;
    }

    private List<ProcessUse> totals() {
        List<ProcessUse> known = totals;
        if (known == null) {
            known = whole.usesInTotals().stream()
                    .filter(use -> ofRun.test(use.processId()))
                    .toList();
            totals = known;
        }
        return known;
    }
}
