package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.device.TtDeviceProvider;
import io.github.ttmemorycheck.internal.devices.WatchedCall;
import io.github.ttmemorycheck.internal.logging.Log;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Finds the devices that are there at a moment: in the fields of the test's instances and classes, enclosing ones too,
 * those given to {@code DeviceMemory.manage}, and through each {@link TtDeviceProvider}. Fields are read anew each
 * time, since a test may open a device at any moment. Mocks count only where they were given.
 */
final class DeviceFinder {

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return ReflectionSupport.findFields(
                    type, field -> !field.getType().isPrimitive(), HierarchyTraversalMode.TOP_DOWN);
        }
    };

    /** The devices given to {@code DeviceMemory.manage}, in the store of the test or class they were given to. */
    private record Managed(List<TtDevice> devices) {}

    /** Whether any device was given in this JVM: to ask the stores of all contexts takes longer than to read fields. */
    private static volatile boolean managing;

    private final Log log;
    private final List<TtDeviceProvider> providers;

    DeviceFinder(Log log) {
        this.log = log;
        this.providers = providers(log);
    }

    private static List<TtDeviceProvider> providers(Log log) {
        List<TtDeviceProvider> found = new ArrayList<>();
        try {
            ServiceLoader.load(TtDeviceProvider.class).forEach(found::add);
        } catch (ServiceConfigurationError broken) {
            log.warn(
                    "a TtDeviceProvider could not be loaded, and the devices it would give are not cleared; correct or"
                            + " remove its entry in META-INF/services",
                    broken);
        }
        return List.copyOf(found);
    }

    /** Makes a device known to a test or class, and to what that encloses. */
    static void manage(ExtensionContext context, TtDevice device) {
        managing = true;
        ContextStore.keep(context, key(context), Managed.class, () -> new Managed(new CopyOnWriteArrayList<>()))
                .devices
                .add(device);
    }

    private static String key(ExtensionContext context) {
        return "managed devices of " + context.getUniqueId();
    }

    /** Returns the devices that are found, each once, in the order in which they are, be they open or not. */
    List<TtDevice> find(ExtensionContext context) {
        List<TtDevice> devices = new ArrayList<>();
        Collection<Object> instances =
                context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of());
        for (Object instance : instances) {
            devices.addAll(inFields(instance.getClass(), instance));
        }
        for (Class<?> type : ContextSubjects.classes(context)) {
            devices.addAll(inFields(type, null));
        }
        if (managing) {
            ContextStore.findAround(context, DeviceFinder::key, Managed.class)
                    .forEach(managed -> devices.addAll(managed.devices));
        }
        for (TtDeviceProvider provider : providers) {
            devices.addAll(provided(provider));
        }
        Set<TtDevice> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return devices.stream().filter(seen::add).toList();
    }

    private List<TtDevice> inFields(Class<?> type, @Nullable Object instance) {
        List<TtDevice> devices = new ArrayList<>();
        for (Field field : FIELDS.get(type)) {
            if (Modifier.isStatic(field.getModifiers()) == (instance == null)) {
                try {
                    field.setAccessible(true);
                    devices.addAll(HeldDevices.in(field.get(instance)));
                } catch (ReflectiveOperationException | RuntimeException unreadable) {
                    if (TtDevice.class.isAssignableFrom(field.getType())) {
                        log.warn(
                                "the device in the field " + field
                                        + " cannot be read, and its program cache is not cleared;"
                                        + " open its package to this library, or register a TtDeviceProvider",
                                unreadable);
                    }
                }
            }
        }
        return devices;
    }

    /** Returns what a provider names, as far as it came. */
    private List<TtDevice> provided(TtDeviceProvider provider) {
        List<TtDevice> devices = new ArrayList<>();
        try {
            for (TtDevice device :
                    WatchedCall.of(provider, provider.getClass().getSimpleName() + ".devices()", provider::devices)) {
                Objects.requireNonNull(device, "one of the devices");
                if (!MockedDevices.isMock(device)) {
                    devices.add(device);
                }
            }
        } catch (Exception | LinkageError | AssertionError failed) {
            if (WatchedCall.isNews(failed)) {
                log.warn(
                        provider.getClass().getName()
                                + " failed to name its devices, and their program caches are not cleared",
                        failed);
            }
        }
        return devices;
    }
}
