package io.github.ttmemorycheck;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tells JUnit what {@link TtMemoryCheck} locks: {@link TtMemoryCheck#DEVICE_MEMORY}, for the class or method it stands on. JUnit
 * makes and asks it; there is nothing to call.
 *
 * <p>A class that runs more than once, such as a {@code @ParameterizedClass}, is locked through its methods: JUnit gathers
 * their locks for the class as a whole, and until 5.14.2 and 6.0.2 it refuses to run such a class with a lock of its own.
 *
 * <p>Stateless and thread-safe.
 */
public final class DeviceMemoryLock implements ResourceLocksProvider {

    private static final Set<Lock> DEVICE_MEMORY = Set.of(new Lock(TtMemoryCheck.DEVICE_MEMORY));

    /** Makes the provider; JUnit does so. */
    public DeviceMemoryLock() {}

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        boolean runsMoreThanOnce =
                JUnitLevel.isSupported() && AnnotationSupport.isAnnotated(testClass, ClassTemplate.class);
        return runsMoreThanOnce ? Set.of() : DEVICE_MEMORY;
    }

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosingClasses, Class<?> testClass, Method testMethod) {
        return DEVICE_MEMORY;
    }
}
