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
 * Lets a leak pass that is known, and fails when it is gone, larger than stated, or out of date: a waiver only shrinks.
 *
 * <p>On a test method it is judged with each run of that test; for repetitions, when all of them have run. On a class
 * it covers what the class's tests and the class as a whole leak, and is gone when none of them does. What is filtered
 * out of the run, disabled, aborted or failed does not make it gone. Memory within the {@link MemoryBaseline} is no
 * leak and uses no waiver.
 *
 * <p>All waivers of a run, used and unused, are listed in the log at its end.
 */
@API(status = STABLE, since = "0.1")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Repeatable(KnownLeak.Container.class)
public @interface KnownLeak {

    /** Stands for every device. */
    int ALL = MemoryBaseline.ALL;

    /**
     * Why the leak is there and why it may stay for now.
     *
     * @return a text that is not blank
     */
    String reason();

    /**
     * Where it is tracked.
     *
     * @return for example an address; empty by default
     */
    String issue() default "";

    /**
     * The device that leaks.
     *
     * @return a logical device number; {@link #ALL} by default
     */
    int device() default ALL;

    /**
     * How much may leak on each device, all kinds of memory together.
     *
     * @return a size such as {@code "8MiB"}; empty, the default, sets no limit
     */
    String max() default "";

    /**
     * The last day on which the leak may pass, in the time zone of the JVM.
     *
     * @return an ISO date such as {@code 2027-03-31}; empty, the default, sets none
     */
    String until() default "";

    /** Holds several waivers; the compiler makes it where {@link KnownLeak} is repeated. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @Documented
    @interface Container {

        /**
         * The waivers.
         *
         * @return in the order of the source
         */
        KnownLeak[] value();
    }
}
