package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The devices that are asked: those that are there, and those that were seen open and are not closed yet, whoever has
 * let go of them. Used under the lock of its tracker.
 */
final class KnownDevices {

    private final Supplier<? extends Collection<? extends TtDevice>> there;
    private final boolean listing;
    private final Duration patience;
    private final Log log = Log.ofLibrary();
    private final List<KnownDevice> open = new ArrayList<>();
    private final List<KnownDevice> lost = new ArrayList<>();
    private final List<ClosedDevice> closed = new ArrayList<>();
    private final Set<String> warned = new HashSet<>();
    private Optional<String> unlisted = Optional.empty();
    private int met;

    /**
     * Makes what is known of devices.
     *
     * @param listing whether they are asked for their buffers
     */
    KnownDevices(Supplier<? extends Collection<? extends TtDevice>> there, boolean listing, Duration patience) {
        this.there = there;
        this.listing = listing;
        this.patience = patience;
    }

    /**
     * Asks those that are new, and those that are not there any more, which may have been closed; repeats what the
     * others said. So it is known in time that one was closed, at no cost while nothing changes.
     */
    Map<Integer, DeviceAnswers.Said> askChanged() {
        List<KnownDevice> before = List.copyOf(open);
        Collection<? extends TtDevice> here = meet();
        Map<Boolean, List<KnownDevice>> stayed = open.stream()
                .collect(Collectors.partitioningBy(
                        known -> before.contains(known) && here.stream().anyMatch(known::is)));
        Map<Integer, DeviceAnswers.Said> said = ask(stayed.getOrDefault(false, List.of()));
        stayed.getOrDefault(true, List.of())
                .forEach(known -> said.put(known.number(), new DeviceAnswers.Said(known.name(), known.last())));
        return said;
    }

    /** Asks each for what it holds; one that is closed says nothing. */
    Map<Integer, DeviceAnswers.Said> ask() {
        meet();
        return ask(List.copyOf(open));
    }

    private Map<Integer, DeviceAnswers.Said> ask(List<KnownDevice> asked) {
        Map<Integer, DeviceAnswers.Said> said = new HashMap<>();
        for (KnownDevice known : asked) {
            long began = System.nanoTime();
            Optional<DeviceWord> answer =
                    known.device().map(device -> DeviceWord.of(device, listing, known.last(), patience));
            if (answer.isEmpty()) {
                open.remove(known);
                lost.add(known);
            } else if (answer.get() instanceof DeviceWord.Closed) {
                open.remove(known);
                known.closed(System.nanoTime()).ifPresent(this::closed);
            } else {
                said.put(known.number(), new DeviceAnswers.Said(known.name(), known.said(answer.get(), began)));
                if (answer.get() instanceof DeviceWord.Unknown unknown) {
                    String problem = known.name() + " " + unknown.why();
                    warn(
                            "buffers of " + known.number(),
                            problem + "; what it holds counts as not known until it answers");
                }
            }
        }
        return said;
    }

    /** Returns those that are there. */
    private Collection<? extends TtDevice> meet() {
        Collection<? extends TtDevice> devices = List.of();
        unlisted = Optional.empty();
        try {
            devices = List.copyOf(there.get());
        } catch (RuntimeException | LinkageError | AssertionError failed) {
            String why = "which devices there are is not known: " + Wording.thrown(failed);
            unlisted = Optional.of(why);
            warn("devices", why);
        }
        for (TtDevice device : devices) {
            if (number(device).isEmpty()) {
                open.add(new KnownDevice(device, met++));
            }
        }
        return devices;
    }

    /** An earlier closing of the same devices says nothing more. */
    private void closed(ClosedDevice device) {
        closed.removeIf(earlier -> earlier.devices().equals(device.devices())
                && earlier.processId().equals(device.processId()));
        closed.add(device);
    }

    /** Returns the place of a device among all that were met, while it is open. */
    Optional<Integer> number(TtDevice device) {
        return open.stream()
                .filter(known -> known.is(device))
                .map(KnownDevice::number)
                .findFirst();
    }

    /** Returns the open devices of a number. */
    Stream<KnownDevice> openOf(int device) {
        return open.stream().filter(known -> known.devices().contains(device));
    }

    List<ClosedDevice> closed() {
        return List.copyOf(closed);
    }

    /** Returns why it is not known which devices there are, if so. */
    Optional<String> unlisted() {
        return unlisted;
    }

    /**
     * Returns what became garbage while it was open, and was there at a moment or later, a sentence each: the device
     * may have been closed by that, or still hold everything.
     *
     * @param numbers the devices that were there at that moment
     */
    Map<Integer, String> lost(long sinceNanos, Set<Integer> numbers) {
        Map<Integer, String> problems = new HashMap<>();
        for (KnownDevice known : lost) {
            if (known.openAtNanos() - sinceNanos >= 0 || numbers.contains(known.number())) {
                problems.put(
                        known.number(),
                        known.name() + " became garbage while it was open, and what it holds is not known any more");
            }
        }
        return problems;
    }

    /** Forgets what became garbage, once nobody asks about the time before. */
    void forgetLost() {
        lost.clear();
    }

    /** Asks a device that has a number, and is open, how full a memory is. */
    Optional<MemoryView> memoryView(MemoryPool pool) {
        if (open.isEmpty()) {
            ask();
        }
        return openOf(pool.device())
                .flatMap(known -> view(known, pool.kind()).stream())
                .findFirst();
    }

    private Optional<MemoryView> view(KnownDevice known, MemoryKind kind) {
        return known.device().flatMap(device -> {
            DeviceCall.Answer<Optional<MemoryView>> answer =
                    DeviceCall.ask(device, () -> DeviceViews.view(device, kind), patience);
            if (answer instanceof DeviceCall.Answer.Value<Optional<MemoryView>> said) {
                return said.value();
            }
            String why = ((DeviceCall.Answer.Unanswered<Optional<MemoryView>>) answer).why();
            warn("memory of " + known.number(), known.name() + " " + why + "; how full it is is not known");
            return Optional.empty();
        });
    }

    private void warn(String once, String text) {
        if (warned.add(once)) {
            log.warn(text);
        }
    }
}
