package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;

/** Which devices can tell more than every binding must: only those are asked, so that the others cost nothing. */
final class TellingDevices {

    private static final ClassValue<Boolean> TELLING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return overrides(type, "allocatedBuffers") || overrides(type, "deviceIds") || overrides(type, "memoryView");
        }
    };

    private TellingDevices() {}

    static boolean canTell(TtDevice device) {
        return TELLING.get(device.getClass());
    }

    private static boolean overrides(Class<?> type, String method) {
        try {
            return type.getMethod(method).getDeclaringClass() != TtDevice.class;
        } catch (NoSuchMethodException impossible) {
            return false;
        }
    }
}
