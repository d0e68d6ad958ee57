package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The devices given to {@code DeviceMemory.manage}, kept in the store of the test or class they were given to.
 * Thread-safe.
 */
final class ManagedDevices {

    private final List<TtDevice> devices = new CopyOnWriteArrayList<>();

    private ManagedDevices() {}

    /** Returns those of one test or class. */
    static ManagedDevices of(ExtensionContext context) {
        return ContextStore.keep(context, key(context), ManagedDevices.class, ManagedDevices::new);
    }

    /** Returns all that a test or class sees: its own and those of all that enclose it. */
    static List<TtDevice> seenBy(ExtensionContext context) {
        List<TtDevice> seen = new ArrayList<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            ContextStore.find(at.get(), key(at.get()), ManagedDevices.class)
                    .ifPresent(managed -> seen.addAll(managed.devices));
        }
        return seen;
    }

    void add(TtDevice device) {
        devices.add(device);
    }

    private static String key(ExtensionContext context) {
        return "managed devices of " + context.getUniqueId();
    }
}
