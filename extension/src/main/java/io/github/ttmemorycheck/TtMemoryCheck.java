package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.internal.jupiter.DeviceMemoryLock;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Fails a test that leaves Tenstorrent device memory behind, and says what, where and why.
 *
 * <p>Before each test, ahead of its constructor and every {@code @BeforeEach}, the tracker's state is marked. Right
 * after the test method, while the device is still open, the program cache is cleared, so that what it held is not
 * taken for a leak; {@link #clearProgramCache()} keeps it warm until the tests of the class are through. When
 * everything that JUnit closes for the test is closed, what is left is judged against the {@link MemoryBaseline} in
 * force; where something is left, garbage is collected first and the {@value TtMemoryCheckSettings#SETTLE} time is
 * given to it. A clean test never waits. After {@code @AfterAll} the class is judged as a whole in the same way.
 *
 * <p>On a class it covers its tests, those of its subclasses and those of its {@code @Nested} classes; on a method that
 * method. It can be used on interfaces and as a meta-annotation. A test that failed keeps its own failure, and what it
 * left is added to it as a suppressed {@link DeviceMemoryLeakError}.
 *
 * <p>Annotated tests never run at the same time, even when parallel execution is on: the annotation carries a lock on
 * {@link #DEVICE_MEMORY}. Tests without it may still run beside them; give those that use a device the same lock.
 *
 * <pre>{@code
 * @TtMemoryCheck
 * @MemoryBaseline(device = 0, l1 = "12KiB")
 * class MatmulTests {
 *     static MeshDevice mesh;     // a TtDevice: its program cache is cleared after each test
 *
 *     @Test
 *     void add() { ... }
 * }
 * }</pre>
 *
 * @see MemoryBaseline
 * @see TtMemoryCheckSettings
 */
@API(status = STABLE, since = "0.1")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(TtMemoryCheckExtension.class)
@ResourceLock(providers = DeviceMemoryLock.class)
public @interface TtMemoryCheck {

    /**
     * The resource that annotated tests lock, for {@code @ResourceLock} on tests that use a device without being
     * judged.
     */
    String DEVICE_MEMORY = DeviceMemoryLock.RESOURCE;

    /**
     * The devices to judge, by logical number.
     *
     * @return device numbers; none, the default, stands for all that the tracker sees
     */
    int[] devices() default {};

    /**
     * How many repetitions of a test at the start may fill caches before growth is judged.
     *
     * @return 0 or more; 1 by default
     */
    int warmups() default 1;

    /**
     * How much each repetition may add, per device and kind, without counting as growth.
     *
     * @return a size such as {@code "4KiB"}; {@code "0B"} by default
     */
    String growthTolerance() default "0B";

    /**
     * When the program caches are cleared. Where it is {@link ProgramCacheClearing#AFTER_EACH}, as by default, the
     * setting {@value TtMemoryCheckSettings#CACHE} decides.
     *
     * @return after each test, or once for the class
     */
    ProgramCacheClearing clearProgramCache() default ProgramCacheClearing.AFTER_EACH;
}
