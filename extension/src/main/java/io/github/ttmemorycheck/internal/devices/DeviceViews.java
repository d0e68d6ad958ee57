package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.devices.DeviceCall.Nonsense;
import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks a device for figures, and refuses those that cannot be. */
public final class DeviceViews {

    /** Most bindings keep the default, which need not be asked on a thread of its own after each test. */
    private static final ClassValue<Boolean> KNOWS_TRACES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                return !type.getMethod("traceBuffersSize").getDeclaringClass().equals(TtDevice.class);
            } catch (NoSuchMethodException | LinkageError notSaid) {
                return true;
            }
        }
    };

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private DeviceViews() {}

    /** Returns how full a kind of memory is, where the device knows. */
    static Optional<MemoryView> view(TtDevice device, MemoryKind kind) {
        if (!device.isOpen()) {
            return Optional.empty();
        }
        Optional<MemoryView> view = device.memoryView(kind);
        if (view.isPresent() && !canBe(view.get())) {
            throw new Nonsense("gives a view of its " + kind + " that cannot be: " + view.get());
        }
        return view;
    }

    private static boolean canBe(MemoryView view) {
        return view.banks() >= 0
                && view.bytesPerBank() >= 0
                && (view.banks() == 0 || view.bytesPerBank() <= Long.MAX_VALUE / view.banks())
                && isWithin(view.allocatedPerBank(), view.bytesPerBank())
                && isWithin(view.freePerBank(), view.bytesPerBank())
                && isWithin(view.largestContiguousFreePerBank(), view.freePerBank());
    }

    private static boolean isWithin(long bytes, long most) {
        return bytes >= 0 && bytes <= most;
    }

    /**
     * What an open device says of the captured traces that are live on it.
     *
     * @param bytes how much they hold; 0 where it does not say
     * @param failure why it could not say though its binding can, with its name; empty where it could
     */
    public record Traces(long bytes, String failure) {}

    /** Asks for the live traces. That the device failed to tell is warned of once for each class of device. */
    public static Traces traces(TtDevice device) {
        if (!KNOWS_TRACES.get(device.getClass())) {
            return new Traces(0, "");
        }
        DeviceCall.Answer<OptionalLong> answer = DeviceCall.ask(device, () -> {
            OptionalLong bytes = device.traceBuffersSize();
            if (bytes != null && bytes.isPresent() && bytes.getAsLong() < 0) {
                throw new Nonsense("says that traces hold " + bytes.getAsLong() + " bytes");
            }
            return bytes;
        });
        if (answer instanceof DeviceCall.Answer.Value<OptionalLong> told) {
            return new Traces(told.value().orElse(0), "");
        }
        String failure = device.getClass().getSimpleName() + ".traceBuffersSize() "
                + ((DeviceCall.Answer.Unanswered<OptionalLong>) answer).why();
        if (WARNED.add(device.getClass().getName())) {
            Log.ofLibrary()
                    .warn(failure
                            + "; whether a captured trace is live is not known, so program caches are not cleared");
        }
        return new Traces(0, failure);
    }
}
