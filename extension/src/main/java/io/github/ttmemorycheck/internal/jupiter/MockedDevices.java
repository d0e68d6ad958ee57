package io.github.ttmemorycheck.internal.jupiter;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Recognises mocks and spies of Mockito, which this library does not know. A test may verify that nothing was called on
 * a mock, so nothing is called on it in order to find out.
 */
final class MockedDevices {

    private static final String MADE_BY_MOCKITO = "$MockitoMock$";
    private static final String MOCKITO = "org.mockito.";

    /** Mockito puts it into the boot loader when it first makes a mock whose class is no subclass. */
    private static final String DISPATCHER = "org.mockito.internal.creation.bytebuddy.inject.MockMethodDispatcher";

    /** Devices that are no mocks: to look for a class that is not there takes some microseconds. */
    private static final List<WeakReference<Object>> REAL = new CopyOnWriteArrayList<>();

    private MockedDevices() {}

    /** Returns whether an object is a mock or a spy. */
    static boolean isMock(Object object) {
        Class<?> type = object.getClass();
        if (Proxy.isProxyClass(type)) {
            return Proxy.getInvocationHandler(object).getClass().getName().startsWith(MOCKITO);
        }
        for (WeakReference<Object> known : REAL) {
            if (known.refersTo(object)) {
                return false;
            }
        }
        if (isSubclassMadeByMockito(type) || (makesMocksOfTheirOwnClass() && isKnownToMockito(object))) {
            return true;
        }
        REAL.removeIf(known -> known.refersTo(null));
        REAL.add(new WeakReference<>(object));
        return false;
    }

    private static boolean isSubclassMadeByMockito(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().contains(MADE_BY_MOCKITO)) {
                return true;
            }
        }
        return false;
    }

    /** Mockito is asked only where it works already: to begin with it starts an agent. */
    private static boolean makesMocksOfTheirOwnClass() {
        try {
            Class.forName(DISPATCHER, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError notAtWork) {
            return false;
        }
    }

    private static boolean isKnownToMockito(Object object) {
        return isKnownToMockito(object, object.getClass().getClassLoader())
                || isKnownToMockito(object, Thread.currentThread().getContextClassLoader());
    }

    private static boolean isKnownToMockito(Object object, ClassLoader loader) {
        try {
            Method details = Class.forName(MOCKITO + "Mockito", true, loader).getMethod("mockingDetails", Object.class);
            Method isMock =
                    Class.forName(MOCKITO + "MockingDetails", true, loader).getMethod("isMock");
            return Boolean.TRUE.equals(isMock.invoke(details.invoke(null, object)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notThere) {
            return false;
        }
    }
}
