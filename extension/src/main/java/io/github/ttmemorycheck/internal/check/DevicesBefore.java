package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.diagnosis.OpenedDevice;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;

/**
 * Which devices were known when a test began. They are held weakly: a test may drop its device, whose memory goes when
 * it is collected.
 */
record DevicesBefore(List<WeakReference<TtDevice>> open, List<WeakReference<TtDevice>> closed) {

    static final DevicesBefore NONE = new DevicesBefore(List.of(), List.of());

    static DevicesBefore of(Clearables known) {
        return known.devices().isEmpty() && known.closed().isEmpty()
                ? NONE
                : new DevicesBefore(held(known.devices()), held(known.closed()));
    }

    private static List<WeakReference<TtDevice>> held(List<TtDevice> devices) {
        return devices.stream().map(WeakReference::new).toList();
    }

    /** Returns those of the devices that are open now which were not, or were not known. */
    List<OpenedDevice> openedBy(Clearables now) {
        return now.devices().stream().flatMap(device -> opened(device).stream()).toList();
    }

    private Optional<OpenedDevice> opened(TtDevice device) {
        return isAmong(open, device)
                ? Optional.empty()
                : Optional.of(new OpenedDevice(name(device.getClass()), isAmong(closed, device)));
    }

    private static boolean isAmong(List<WeakReference<TtDevice>> devices, TtDevice device) {
        return devices.stream().anyMatch(one -> one.refersTo(device));
    }

    /** An anonymous class has a name of its own, but no simple one. */
    private static String name(Class<?> type) {
        String name = type.getName();
        return type.getSimpleName().isEmpty() ? name.substring(name.lastIndexOf('.') + 1) : type.getSimpleName();
    }
}
