package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a device said when it was asked what it holds. */
sealed interface DeviceWord {

    /**
     * It listed every live buffer.
     *
     * @param told the list as it came
     */
    record Listed(Stands stands, Set<BufferIdentity> held, List<AllocatedBuffer> told) implements DeviceWord {

        /** Returns whether it was made of the same answers: to compare those is a fraction of working them out. */
        boolean isMadeOf(List<AllocatedBuffer> buffers, NavigableSet<Integer> ids, OptionalLong process) {
            return told.equals(buffers)
                    && stands.processId().equals(process)
                    && (stands.own() ? stands.devices().equals(ids) : ids.isEmpty());
        }
    }

    /** It is open, and its binding does not know its buffers. */
    record Silent(Stands stands) implements DeviceWord {}

    /** It is closed, and so holds nothing. */
    record Closed() implements DeviceWord {}

    /** What it said is of no use; {@code why} ends a sentence that begins with its name. */
    record Unknown(String why) implements DeviceWord {}

    /**
     * What it stands for.
     *
     * @param devices the numbers that it named itself, or that its buffers name; empty where neither is known
     * @param own whether it named them itself
     * @param processId whose memory it is, where that is not this JVM's
     */
    record Stands(NavigableSet<Integer> devices, boolean own, OptionalLong processId) {}

    /**
     * Asks a device.
     *
     * @param listing whether it is asked for its buffers too; else it counts as not knowing them
     * @param last what it said last, which is returned where it says the same
     */
    static DeviceWord of(TtDevice device, boolean listing, DeviceWord last, Duration patience) {
        DeviceCall.Answer<DeviceWord> answer = DeviceCall.ask(device, () -> read(device, listing, last), patience);
        return answer instanceof DeviceCall.Answer.Value<DeviceWord> said
                ? said.value()
                : new Unknown(((DeviceCall.Answer.Unanswered<DeviceWord>) answer).why());
    }

    private static DeviceWord read(TtDevice device, boolean listing, DeviceWord last) {
        if (!device.isOpen()) {
            return new Closed();
        }
        try {
            return readOpen(device, listing, last);
        } catch (DeviceCall.Nonsense failed) {
            // One that is closed meanwhile, by a thread of the test, cannot answer any more and holds nothing.
            if (!device.isOpen()) {
                return new Closed();
            }
            throw failed;
        }
    }

    private static DeviceWord readOpen(TtDevice device, boolean listing, DeviceWord last) {
        Optional<List<AllocatedBuffer>> listed =
                listing ? called("allocatedBuffers()", device::allocatedBuffers) : Optional.empty();
        NavigableSet<Integer> ids = ids(called("deviceIds()", device::deviceIds));
        OptionalLong process = called("processId()", device::processId);
        if (process.isPresent() && (process.getAsLong() < 1 || process.getAsLong() > Integer.MAX_VALUE)) {
            throw new DeviceCall.Nonsense("says that process " + process.getAsLong() + " has it open");
        }
        if (listed.isEmpty()) {
            return new Silent(new Stands(ids, !ids.isEmpty(), process));
        }
        if (last instanceof Listed before && before.isMadeOf(listed.get(), ids, process)) {
            return before;
        }
        long owner = process.orElse(ProcessHandle.current().pid());
        Set<BufferIdentity> held = held(listed.get(), ids, (int) owner);
        NavigableSet<Integer> devices = new TreeSet<>(ids);
        if (ids.isEmpty()) {
            held.forEach(buffer -> devices.add(buffer.device()));
        }
        return new Listed(new Stands(devices, !ids.isEmpty(), process), held, List.copyOf(listed.get()));
    }

    private static <T> T called(String method, Supplier<@Nullable T> call) {
        try {
            return Objects.requireNonNull(call.get(), "it answered null");
        } catch (Throwable thrown) {
            throw new DeviceCall.Nonsense(
                    "does not say what it holds: " + method + " failed (" + Wording.thrown(thrown) + ")");
        }
    }

    private static NavigableSet<Integer> ids(Collection<Integer> listed) {
        NavigableSet<Integer> ids = new TreeSet<>();
        for (Integer id : new ArrayList<>(listed)) {
            if (id == null || id < 0 || !ids.add(id)) {
                throw new DeviceCall.Nonsense("names device numbers that cannot be: " + listed);
            }
        }
        return ids;
    }

    /** An entry of a device that it does not stand for is the mesh's own, which counts for each of its devices. */
    private static Set<BufferIdentity> held(List<AllocatedBuffer> listed, NavigableSet<Integer> ids, int owner) {
        Set<BufferIdentity> held = new LinkedHashSet<>(2 * listed.size() * Math.max(1, ids.size()));
        Set<Integer> foreign = new TreeSet<>();
        for (AllocatedBuffer buffer : listed) {
            check(buffer, ids);
            boolean itsOwn = ids.isEmpty() || ids.contains(buffer.device());
            if (!itsOwn) {
                foreign.add(buffer.device());
            }
            for (int device : itsOwn ? List.of(buffer.device()) : ids) {
                if (!held.add(new BufferIdentity(owner, device, buffer.kind(), buffer.address(), buffer.size()))) {
                    throw new DeviceCall.Nonsense("lists a buffer twice: " + buffer);
                }
            }
        }
        if (foreign.size() > 1) {
            throw new DeviceCall.Nonsense("stands for " + DeviceRanges.named(ids) + " and lists buffers of devices "
                    + Wording.list(foreign.stream().map(String::valueOf).toList()));
        }
        return held;
    }

    private static void check(@Nullable AllocatedBuffer buffer, NavigableSet<Integer> ids) {
        if (buffer == null || buffer.kind() == null || buffer.size() < 0 || (ids.isEmpty() && buffer.device() < 0)) {
            throw new DeviceCall.Nonsense("lists a buffer that cannot be: " + buffer);
        }
    }
}
