package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BaselineTests {

    private static final BaselineLevel METHOD = level(
            "@MemoryBaseline on decode()", BaselineScope.METHOD, all(MemoryKind.DRAM, 10), on(3, MemoryKind.L1, 0));
    private static final BaselineLevel CLASS = level(
            "@MemoryBaseline on LlamaTests",
            BaselineScope.CLASS,
            on(3, MemoryKind.DRAM, 99),
            all(MemoryKind.L1, 20),
            on(0, MemoryKind.L1, 25));
    private static final BaselineLevel CONFIGURATION =
            level("configuration", BaselineScope.CONFIGURATION, all(MemoryKind.L1, 77), all(MemoryKind.TRACE, 30));

    private final Baseline baseline = new Baseline(List.of(METHOD, CLASS, CONFIGURATION));

    @Test
    void a_method_for_all_devices_is_stronger_than_a_class_for_a_named_one() {
        assertThat(baseline.allowed(new MemoryPool(3, MemoryKind.DRAM))).isEqualTo(10);
        assertThat(baseline.deciding(new MemoryPool(3, MemoryKind.DRAM))).contains(METHOD);
    }

    @Test
    void a_statement_of_nothing_is_a_statement() {
        assertThat(baseline.allowed(new MemoryPool(3, MemoryKind.L1))).isEqualTo(0);
        assertThat(baseline.deciding(new MemoryPool(3, MemoryKind.L1))).contains(METHOD);
    }

    @Test
    void within_a_level_a_named_device_is_stronger_than_all_devices() {
        assertThat(baseline.allowed(new MemoryPool(0, MemoryKind.L1))).isEqualTo(25);
        assertThat(baseline.allowed(new MemoryPool(1, MemoryKind.L1))).isEqualTo(20);
    }

    @Test
    void the_configuration_decides_what_nobody_else_states() {
        assertThat(baseline.allowed(new MemoryPool(7, MemoryKind.TRACE))).isEqualTo(30);
        assertThat(baseline.deciding(new MemoryPool(7, MemoryKind.TRACE))).contains(CONFIGURATION);
    }

    @Test
    void nothing_is_allowed_where_nothing_is_stated() {
        assertThat(baseline.allowed(new MemoryPool(0, MemoryKind.KERNEL))).isZero();
        assertThat(baseline.deciding(new MemoryPool(0, MemoryKind.KERNEL))).isEmpty();
        assertThat(Baseline.NONE.allowed(new MemoryPool(0, MemoryKind.DRAM))).isZero();
    }

    @Test
    void levels_of_one_scope_may_follow_each_other_and_nothing_is_an_amount() {
        assertThat(new Baseline(List.of(CLASS, CLASS)).allowed(new MemoryPool(0, MemoryKind.L1)))
                .isEqualTo(25);
        assertThat(new BaselineStatement(3, MemoryKind.L1, 0)).hasToString("device = 3, l1 = \"0B\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BaselineStatement(3, MemoryKind.L1, -1))
                .withMessage("a baseline must be 0 bytes or more, not -1 (L1)");
    }

    @Test
    void the_configuration_is_asked_where_no_level_says_anything() {
        Baseline configured = new Baseline(List.of(METHOD), pool -> OptionalLong.of(pool.device()));

        assertThat(configured.allowed(new MemoryPool(4, MemoryKind.TRACE))).isEqualTo(4);
        assertThat(configured.allowed(new MemoryPool(4, MemoryKind.DRAM))).isEqualTo(10);
    }

    @Test
    void a_negative_device_number_can_be_named() {
        Baseline named = new Baseline(List.of(level("x", BaselineScope.METHOD, on(-1, MemoryKind.DRAM, 5))));

        assertThat(named.allowed(new MemoryPool(-1, MemoryKind.DRAM))).isEqualTo(5);
        assertThat(named.allowed(new MemoryPool(0, MemoryKind.DRAM))).isZero();
    }

    @Test
    void two_sizes_for_one_device_and_kind_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> level(
                        "@MemoryBaseline on decode()",
                        BaselineScope.METHOD,
                        on(0, MemoryKind.DRAM, 36 * 1024),
                        all(MemoryKind.DRAM, 1),
                        on(0, MemoryKind.DRAM, 48 * 1024)))
                .withMessage("@MemoryBaseline on decode() states two sizes for the same device and kind:"
                        + " device = 0, dram = \"36KiB\" and device = 0, dram = \"48KiB\"; keep one of them");
    }

    @Test
    void the_same_statement_twice_is_no_conflict() {
        BaselineLevel twice = level("x", BaselineScope.METHOD, all(MemoryKind.DRAM, 1), all(MemoryKind.DRAM, 1));

        assertThat(new Baseline(List.of(twice)).allowed(new MemoryPool(4, MemoryKind.DRAM)))
                .isEqualTo(1);
    }

    @Test
    void levels_out_of_order_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Baseline(List.of(CONFIGURATION, METHOD)))
                .withMessage("the levels of a baseline must come the most specific first, but @MemoryBaseline on"
                        + " decode() (METHOD) comes after configuration (CONFIGURATION)");
    }

    @Test
    void a_negative_size_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all(MemoryKind.DRAM, -1))
                .withMessage("a baseline must be 0 bytes or more, not -1 (DRAM)");
    }

    private static BaselineLevel level(String source, BaselineScope scope, BaselineStatement... statements) {
        return new BaselineLevel(source, scope, List.of(statements));
    }

    private static BaselineStatement all(MemoryKind kind, long bytes) {
        return new BaselineStatement(Baseline.ALL_DEVICES, kind, bytes);
    }

    private static BaselineStatement on(int device, MemoryKind kind, long bytes) {
        return new BaselineStatement(device, kind, bytes);
    }
}
