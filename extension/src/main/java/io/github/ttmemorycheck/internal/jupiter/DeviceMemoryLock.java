package io.github.ttmemorycheck.internal.jupiter;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Locks {@link #RESOURCE} for what is checked: the class where that is possible, and so all its tests
 * together, otherwise each test.
 *
 * <p>It is not possible for class templates such as {@code @ParameterizedClass}: JUnit before 5.14.2 and 6.0.2 refuses
 * to run one whose class holds a lock, and a plain {@code @ResourceLock} would make them unusable there. JUnit gathers
 * the locks of their tests for the class as a whole, so that nothing overlaps there either.
 *
 * <p>JUnit makes and asks it; it is public for that alone, on the module path too. Stateless and thread-safe.
 */
public final class DeviceMemoryLock implements ResourceLocksProvider {

    /** The resource, which {@code TtMemoryCheck.DEVICE_MEMORY} publishes. */
    public static final String RESOURCE = "io.github.ttmemorycheck.DEVICE_MEMORY";

    private static final Set<Lock> LOCK = Set.of(new Lock(RESOURCE));

    /** Makes the provider; JUnit does so. */
    public DeviceMemoryLock() {}

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return isTemplate(testClass) ? Set.of() : LOCK;
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
        return Stream.concat(enclosingInstanceTypes.stream(), Stream.of(testClass))
                        .anyMatch(DeviceMemoryLock::isTemplate)
                ? Set.of()
                : LOCK;
    }

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        return LOCK;
    }

    private static boolean isTemplate(Class<?> testClass) {
        return JUnitLevel.isSupported() && AnnotationSupport.isAnnotated(testClass, ClassTemplate.class);
    }
}
