package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * States how much memory may be left on a device, for each kind of memory.
 *
 * <p>Sizes are texts such as {@code "36KiB"} with the units B, KiB, MiB, GiB and TiB. An attribute that is not set
 * states nothing. Per device and kind the most specific statement wins: one on the method before one in the recorded
 * file {@value TtMemoryCheckSettings#BASELINE_FILE}, before one on the class, before the setting {@value
 * TtMemoryCheckSettings#BASELINE}; at each of these, one that names the device before one for all devices. Where
 * nothing is stated, nothing may be left.
 *
 * <p>A baseline on a class is an allowance for the class, spent once: each test is judged against all of it, and what
 * all tests left together is judged against it after {@code @AfterAll}.
 */
@API(status = STABLE, since = "0.1")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Repeatable(MemoryBaseline.Container.class)
public @interface MemoryBaseline {

    /** Stands for every device. */
    int ALL = Integer.MIN_VALUE;

    /**
     * The device that this is stated for.
     *
     * @return a logical device number; {@link #ALL} by default: each device for itself
     */
    int device() default ALL;

    /**
     * How much DRAM may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String dram() default "";

    /**
     * How much L1 may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String l1() default "";

    /**
     * How much L1_SMALL may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String l1Small() default "";

    /**
     * How much TRACE memory may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String trace() default "";

    /**
     * How much SYSTEM_MEMORY may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String systemMemory() default "";

    /**
     * How much memory of circular buffers may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String circularBuffers() default "";

    /**
     * How much memory of kernels may be left.
     *
     * @return a size; empty, the default, states nothing
     */
    String kernels() default "";

    /** Holds several baselines; the compiler makes it where {@link MemoryBaseline} is repeated. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @Documented
    @interface Container {

        /**
         * The baselines.
         *
         * @return in the order of the source
         */
        MemoryBaseline[] value();
    }
}
