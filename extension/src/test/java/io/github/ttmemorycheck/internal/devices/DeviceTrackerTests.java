package io.github.ttmemorycheck.internal.devices;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DeviceTrackerTests {

    private static final long KIB = 1024;
    private static final int MESH = 77;

    private final List<TtDevice> devices = new ArrayList<>();
    private final DeviceTracker tracker = new DeviceTracker(() -> devices, true, Duration.ofMillis(200));

    private FakeDevice opened(Integer... ids) {
        FakeDevice device = new FakeDevice(ids);
        devices.add(device);
        return device;
    }

    @Test
    void a_device_that_is_opened_after_the_mark_held_nothing_then() {
        Mark mark = tracker.mark();
        opened(0).holding(0, DRAM, 0x400, 4 * KIB);

        SnapshotDiff diff = tracker.since(mark);

        assertThat(diff.left(0, DRAM)).isEqualTo(4 * KIB);
        assertThat(diff.before().isZero()).isTrue();
        assertThat(diff.left())
                .singleElement()
                .satisfies(buffer -> assertThat(buffer.processId())
                        .isEqualTo((int) ProcessHandle.current().pid()));
    }

    @Test
    void a_device_that_nobody_knew_of_can_be_said_to_have_held_its_memory_before() {
        Mark mark = tracker.mark();
        FakeDevice cached = opened(0).holding(0, DRAM, 0x400, 14 * KIB);
        tracker.heldBefore(cached);
        cached.holding(0, DRAM, 0x8000, KIB);

        assertThat(tracker.since(mark).left()).extracting(DeviceBuffer::address).containsExactly(0x8000L);
    }

    @Test
    void a_device_that_was_let_go_of_is_asked_until_it_is_closed() {
        FakeDevice device = opened(0).holding(0, DRAM, 0x400, 4 * KIB);
        Mark mark = tracker.mark();
        devices.clear();
        device.holding(0, L1, 0x400, KIB);

        assertThat(tracker.since(mark).left(0, L1)).isEqualTo(KIB);
        assertThat(tracker.since(mark).released()).isEmpty();

        device.close();

        assertThat(tracker.since(mark).isClean()).isTrue();
        assertThat(tracker.since(mark).releasedTotals().of(0, DRAM)).isEqualTo(4 * KIB);
        assertThat(tracker.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.devices()).containsExactly(0);
            assertThat(closed.lastOpenNanos() - mark.takenAtNanos()).isPositive();
            assertThat(closed.closedNanos() - closed.lastOpenNanos()).isPositive();
        });
    }

    @Test
    void an_entry_of_the_mesh_itself_counts_on_each_of_its_devices() {
        opened(0, 1, 2, 3).holding(MESH, DRAM, 0x400, 4 * KIB).holding(2, L1, 0x400, KIB);

        assertThat(tracker.snapshot().buffers())
                .extracting(DeviceBuffer::device, DeviceBuffer::kind)
                .hasSize(5)
                .contains(tuple(2, L1));
        assertThat(tracker.snapshot().allocated(DRAM)).isEqualTo(16 * KIB);
    }

    @Test
    void what_a_mesh_and_a_part_of_it_both_tell_is_one_buffer() {
        opened(0, 1).holding(MESH, DRAM, 0x400, 4 * KIB);
        opened(1).holding(1, DRAM, 0x400, 4 * KIB).holding(1, DRAM, 0x400, 8 * KIB);

        assertThat(tracker.snapshot().allocated(1, DRAM)).isEqualTo(12 * KIB);
    }

    @Test
    void devices_of_two_processes_are_two_even_by_one_number() {
        opened(0).holding(0, DRAM, 0x400, 4 * KIB).process = () -> OptionalLong.of(4711);
        opened(0).holding(0, DRAM, 0x400, 4 * KIB).process = () -> OptionalLong.of(4712);

        assertThat(tracker.snapshot().buffers())
                .extracting(DeviceBuffer::processId)
                .containsExactlyInAnyOrder(4711, 4712);
    }

    @Test
    void a_buffer_keeps_its_place_while_its_device_does_not_tell() {
        FakeDevice device = opened(0).holding(0, DRAM, 0x400, 4 * KIB);
        DeviceBuffer before = tracker.snapshot().buffers().get(0);
        device.buffers = () -> null;
        assertThat(tracker.knownSnapshot().buffers()).isEmpty();
        device.buffers = () -> Optional.of(device.live);

        assertThat(tracker.snapshot().buffers()).containsExactly(before);
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                nonsense(
                        "allocatedBuffers() failed",
                        device -> device.buffers = () -> {
                            throw new UnsatisfiedLinkError("no ttnn");
                        }),
                nonsense("allocatedBuffers() failed", device -> device.buffers = () -> null),
                nonsense("deviceIds() failed", device -> device.ids = () -> null),
                nonsense("processId() failed", device -> device.process = () -> null),
                nonsense("process -1", device -> device.process = () -> OptionalLong.of(-1)),
                nonsense("device numbers that cannot be", device -> device.ids = () -> List.of(0, 0)),
                nonsense("device numbers that cannot be", device -> device.ids = () -> List.of(-1)),
                nonsense("device numbers that cannot be", device -> device.ids = () -> Arrays.asList(0, null)),
                nonsense("a buffer that cannot be", device -> device.holding(0, DRAM, 0x400, -1)),
                nonsense(
                        "a buffer that cannot be",
                        device -> device.buffers = () -> Optional.of(Collections.singletonList(null))),
                nonsense("a buffer twice", device -> device.holding(0, L1, 0, 1).holding(0, L1, 0, 1)),
                nonsense("a buffer twice", device -> device.holding(0, L1, 0, 1).holding(MESH, L1, 0, 1)),
                nonsense(
                        "buffers of devices 8 and 9",
                        device -> device.holding(8, L1, 0, 1).holding(9, L1, 64, 1)),
                nonsense(
                        "isOpen",
                        device -> device.open = () -> {
                            throw new AssertionError("isOpen");
                        }));
    }

    private static Arguments nonsense(String found, Consumer<FakeDevice> lie) {
        return Arguments.of(found, lie);
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void what_cannot_be_is_an_error_where_nobody_else_knows(String found, Consumer<FakeDevice> lie) {
        FakeDevice device = opened(0);
        Mark mark = tracker.mark();
        lie.accept(device);

        assertThatThrownBy(() -> tracker.since(mark))
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("FakeDevice")
                .hasMessageContaining(found);
    }

    @Test
    void a_device_that_does_not_tell_costs_no_other_its_word() {
        FakeDevice broken = opened(0).holding(0, DRAM, 0x400, KIB);
        FakeDevice sound = opened(1);
        Mark mark = tracker.mark();
        broken.buffers = () -> null;
        sound.holding(1, DRAM, 0x400, 2 * KIB);

        DeviceReading reading = tracker.known(mark);

        assertThat(reading.listed()).containsExactly(1);
        assertThat(reading.problems()).singleElement().asString().startsWith("FakeDevice does not say what it holds:");
        assertThat(reading.diff().left(1, DRAM)).isEqualTo(2 * KIB);
        assertThat(reading.diff().released()).isEmpty();
        assertThat(reading.diff().devices()).containsExactly(1);
    }

    @Test
    void what_was_not_known_at_the_mark_is_not_new_afterwards() {
        FakeDevice device = opened(0).holding(0, DRAM, 0x400, KIB);
        device.buffers = () -> null;
        Mark mark = tracker.markKnown();
        device.buffers = () -> Optional.of(device.live);

        DeviceReading reading = tracker.known(mark);

        assertThat(reading.diff().left()).isEmpty();
        assertThat(reading.listed()).isEmpty();
        assertThat(reading.problems()).singleElement().asString().startsWith("when it was marked, FakeDevice");
    }

    @Test
    void a_binding_that_does_not_know_its_buffers_is_no_problem_beside_other_sources_and_no_answer_alone() {
        opened(0).buffers = Optional::empty;

        DeviceReading reading = tracker.known(tracker.markKnown());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.listed()).isEmpty();
        assertThat(reading.silent()).containsExactly("FakeDevice");
        assertThatThrownBy(tracker::snapshot).hasMessageContaining("FakeDevice.allocatedBuffers()");
    }

    @Test
    void a_call_that_does_not_return_is_given_up_and_not_repeated_meanwhile() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        FakeDevice device = opened(0);
        device.buffers = () -> {
            try {
                hangs.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                returned.countDown();
            }
            return Optional.of(List.of());
        };

        assertThatThrownBy(tracker::mark).hasMessageContaining("FakeDevice did not answer within 200 ms");
        assertThatThrownBy(tracker::mark).hasMessageContaining("has not returned from an earlier call");

        hangs.countDown();
        returned.await();
        device.buffers = () -> Optional.of(device.live);
        Eventually.isTrue(
                "it is asked again",
                () -> tracker.markKnown() != null && tracker.problems().isEmpty());
    }

    @Test
    void one_that_is_closed_while_it_is_asked_holds_nothing() {
        FakeDevice device = opened(0);
        device.buffers = () -> {
            device.close();
            throw new IllegalStateException("closed");
        };

        assertThat(tracker.snapshot().totals().isZero()).isTrue();
    }

    @Test
    void devices_that_cannot_be_listed_are_those_known_before() {
        FakeDevice device = opened(0).holding(0, DRAM, 0x400, KIB);
        List<TtDevice> broken = new ArrayList<>(List.of(device));
        DeviceTracker listing = new DeviceTracker(() -> broken);
        listing.mark();
        broken.add(null);

        assertThat(listing.knownSnapshot().allocated(0, DRAM)).isEqualTo(KIB);
        assertThatThrownBy(listing::snapshot).hasMessageContaining("which devices there are is not known");
    }

    @Test
    void a_device_that_became_garbage_while_it_was_open_is_not_known_to_hold_nothing() {
        Mark before = tracker.mark();
        opened(0).holding(0, DRAM, 0x400, KIB);
        assertThat(tracker.since(before).left(0, DRAM)).isEqualTo(KIB);
        devices.clear();
        Eventually.isTrue("it is collected", () -> {
            System.gc();
            return !tracker.known(before).problems().isEmpty();
        });

        assertThat(tracker.known(before).problems())
                .containsExactly(
                        "FakeDevice became garbage while it was open, and what it holds is not known any more");
        assertThat(tracker.known(before).listed()).isEmpty();
        assertThat(tracker.closed()).isEmpty();
        before.close();
        assertThat(tracker.since(tracker.mark()).isClean()).isTrue();
    }

    @Test
    void figures_of_a_memory_are_those_of_the_device_that_has_the_number() {
        opened(0, 1).view = () -> Optional.of(new MemoryView(12, 1024 * KIB, 24 * KIB, 1000 * KIB, 600 * KIB));
        opened(2).view = Optional::empty;

        assertThat(tracker.capacity(new MemoryPool(1, DRAM))).hasValue(12 * 1024 * KIB);
        assertThat(tracker.room(new MemoryPool(1, DRAM)))
                .hasValue(new MemoryTracker.Room(12 * 1000 * KIB, 12 * 600 * KIB));
        assertThat(tracker.capacity(new MemoryPool(2, DRAM))).isEmpty();
        assertThat(tracker.capacity(new MemoryPool(3, DRAM))).isEmpty();
    }

    static List<MemoryView> viewsThatCannotBe() {
        return List.of(
                new MemoryView(-1, 1, 0, 0, 0),
                new MemoryView(1, -1, 0, 0, 0),
                new MemoryView(1, 10, 11, 0, 0),
                new MemoryView(1, 10, 0, 11, 0),
                new MemoryView(1, 10, 0, 5, 6),
                new MemoryView(2, Long.MAX_VALUE, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("viewsThatCannotBe")
    void figures_that_cannot_be_are_none(MemoryView view) {
        opened(0).view = () -> Optional.of(view);

        assertThat(tracker.capacity(new MemoryPool(0, DRAM))).isEmpty();
        assertThat(tracker.room(new MemoryPool(0, DRAM))).isEmpty();
    }

    @Test
    void addresses_are_unsigned_and_sizes_may_be_zero() {
        opened(0).live.add(new AllocatedBuffer(0, DRAM, -1, 0));

        assertThat(tracker.snapshot().buffers()).hasSize(1);
    }
}
