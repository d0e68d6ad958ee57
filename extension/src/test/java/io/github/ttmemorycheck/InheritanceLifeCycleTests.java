package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the annotation may stand: on superclasses and interfaces, in other annotations, on methods. */
@Timeout(60)
class InheritanceLifeCycleTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck(devices = {0, 1})
    @MemoryBaseline(l1 = "12KiB")
    abstract static class Annotated {}

    static class OfASuperclass extends Annotated implements LeakingTests {}

    @TtMemoryCheck(devices = {0, 1})
    @MemoryBaseline(l1 = "12KiB")
    interface AnnotatedInterface {}

    static class OfAnInterface implements AnnotatedInterface, LeakingTests {}

    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @TtMemoryCheck(devices = {0, 1})
    @MemoryBaseline(l1 = "12KiB")
    @interface Checked {}

    @Checked
    static class ByAComposedAnnotation implements LeakingTests {}

    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Checked
    @interface DoublyComposed {}

    @DoublyComposed
    static class ByADoublyComposedAnnotation implements LeakingTests {}

    interface LeakingTests {

        @Test
        default void a_leaks() {
            FixtureTensor.forget(0, DRAM, 1);
        }

        @Test
        default void b_stays_within_the_baseline() {
            FixtureTensor.forget(1, L1, 12);
        }

        @Test
        default void c_uses_a_device_that_is_not_judged() {
            FixtureTensor.forget(2, DRAM, 2);
        }

        @Test
        default void d_leaks() {
            FixtureTensor.forget(0, DRAM, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                OfASuperclass.class,
                OfAnInterface.class,
                ByAComposedAnnotation.class,
                ByADoublyComposedAnnotation.class
            })
    void check_attributes_and_baseline_are_inherited_and_composed(Class<?> fixture) {
        FixtureRun run = SERVER.run(fixture);

        String name = "InheritanceLifeCycleTests." + fixture.getSimpleName();
        assertThat(run.failed()).containsExactly("a_leaks()", "d_leaks()");
        assertThat(run.charges())
                .containsExactly(
                        name + ".a_leaks() left 1 KiB of DRAM on device 0",
                        name + ".d_leaks() left 4 KiB of DRAM on device 0");
    }

    @TtMemoryCheck(devices = 2)
    @MemoryBaseline(dram = "2KiB")
    static class StatesOtherwise extends Annotated implements LeakingTests {

        @Test
        void e_leaks() {
            FixtureTensor.forget(2, DRAM, 8);
        }
    }

    @Test
    void what_a_subclass_states_wins() {
        assertThat(SERVER.run(StatesOtherwise.class).charges())
                .containsExactly("InheritanceLifeCycleTests.StatesOtherwise.e_leaks() left 8 KiB of DRAM on device 2");
    }

    static class OnMethodsAlone {

        @BeforeAll
        static void open() {
            FixtureTensor.forget(1);
        }

        final FixtureTensor field = FixtureTensor.of(2);

        @BeforeEach
        void allocate() {
            FixtureTensor.forget(4);
        }

        @Test
        void a_is_not_checked() {
            FixtureTensor.forget(8);
        }

        @Test
        @TtMemoryCheck
        void b_is_checked() {
            FixtureTensor.forget(16);
        }

        @Test
        @Checked
        void c_is_checked_by_a_composed_annotation() {
            FixtureTensor.forget(0, L1, 12);
        }
    }

    @Test
    void an_annotated_method_is_charged_with_its_own_and_the_class_with_nothing() {
        assertThat(SERVER.run(OnMethodsAlone.class).charges())
                .containsExactly(
                        "InheritanceLifeCycleTests.OnMethodsAlone.b_is_checked() left 22 KiB of DRAM on device 0",
                        "InheritanceLifeCycleTests.OnMethodsAlone.c_is_checked_by_a_composed_annotation() left 6 KiB of"
                                + " DRAM on device 0");
    }
}
