package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A device that was seen open. It is not kept from the garbage collector, which some bindings close devices by. Used
 * under the lock of its tracker.
 */
final class KnownDevice {

    private final WeakReference<TtDevice> device;
    private final String name;
    private final int number;
    private DeviceWord.@Nullable Stands stands;
    private DeviceWord last = new DeviceWord.Closed();
    private long openAtNanos;

    KnownDevice(TtDevice device, int number) {
        this.device = new WeakReference<>(device);
        this.number = number;
        String simple = device.getClass().getSimpleName();
        this.name = simple.isEmpty() ? device.getClass().getName() : simple;
    }

    /** Notes what it said while it was open. The same again is returned as the same object, quick to compare. */
    DeviceWord said(DeviceWord word, long askedAtNanos) {
        openAtNanos = askedAtNanos;
        if (word.equals(last)) {
            return last;
        }
        last = word;
        if (word instanceof DeviceWord.Listed listed) {
            stands = listed.stands();
        } else if (word instanceof DeviceWord.Silent silent) {
            stands = silent.stands();
        }
        return word;
    }

    Optional<TtDevice> device() {
        return Optional.ofNullable(device.get());
    }

    boolean is(TtDevice other) {
        return device.refersTo(other);
    }

    /** Returns when it was last asked and found open. */
    long openAtNanos() {
        return openAtNanos;
    }

    /** Returns its place among the devices that its tracker has seen. */
    int number() {
        return number;
    }

    String name() {
        return name;
    }

    SortedSet<Integer> devices() {
        return stands == null ? Collections.emptySortedSet() : stands.devices();
    }

    /** Returns what it said last. */
    DeviceWord last() {
        return last;
    }

    /** Returns what is known of it now that it is closed; empty where it never named its devices. */
    Optional<ClosedDevice> closed(long atNanos) {
        return stands == null || !stands.own()
                ? Optional.empty()
                : Optional.of(new ClosedDevice(name, stands.devices(), process(), held(), openAtNanos, atNanos));
    }

    private Optional<List<DeviceBuffer>> held() {
        return last instanceof DeviceWord.Listed told
                ? Optional.of(told.held().stream()
                        .map(held -> held.buffer(0, openAtNanos))
                        .toList())
                : Optional.empty();
    }

    /** Returns the process that it named itself. */
    OptionalLong process() {
        return stands == null ? OptionalLong.empty() : stands.processId();
    }
}
