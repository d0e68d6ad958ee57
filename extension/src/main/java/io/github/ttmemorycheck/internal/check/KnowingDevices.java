package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;

/** Which devices can say more than every binding must: only those are asked, so that the others cost nothing. */
final class KnowingDevices {

    private static final ClassValue<Boolean> KNOWING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return overrides(type, "allocatedBuffers") || overrides(type, "deviceIds") || overrides(type, "memoryView");
        }
    };

    private KnowingDevices() {}

    static boolean canSayMore(TtDevice device) {
        return KNOWING.get(device.getClass());
    }

    private static boolean overrides(Class<?> type, String method) {
        try {
            return type.getMethod(method).getDeclaringClass() != TtDevice.class;
        } catch (NoSuchMethodException impossible) {
            return false;
        }
    }
}
