package io.github.ttmemorycheck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AllocationClientTests {

    private static final int PID = 4711;
    private static final long ADDRESS = 0xffff_ffff_3fff_f800L;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_767_225_600, 123_456_789));
    private static final long NOW = 1_767_225_600_123_456_789L;

    private CollectingPeer peer;
    private Path socket;

    @BeforeEach
    void listen(@TempDir Path directory) throws IOException {
        socket = directory.resolve("s");
        peer = new CollectingPeer(socket);
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
    }

    /** What is called, the least length that has it, and the fields of its message in the order of the protocol. */
    static Stream<Arguments> everyMethod() {
        return Stream.of(
                event(
                        "allocate DRAM",
                        72,
                        c -> c.allocate(7, MemoryKind.DRAM, ADDRESS, 12288),
                        1,
                        7,
                        12288,
                        0,
                        ADDRESS),
                event("allocate L1", 72, c -> c.allocate(-1, MemoryKind.L1, 16, -1), 1, -1, -1, 1, 16),
                event("allocate host", 72, c -> c.allocate(0, MemoryKind.SYSTEM_MEMORY, 16, 1), 1, 0, 1, 2, 16),
                event("allocate L1 small", 72, c -> c.allocate(0, MemoryKind.L1_SMALL, 16, 1), 1, 0, 1, 3, 16),
                event("allocate trace", 72, c -> c.allocate(99999, MemoryKind.TRACE, 16, 1), 1, 99999, 1, 4, 16),
                event(
                        "allocate circular buffer",
                        128,
                        c -> c.allocate(1, MemoryKind.CIRCULAR_BUFFER, 2, 3),
                        8,
                        1,
                        3,
                        0,
                        2),
                event("allocate kernel", 128, c -> c.allocate(1, MemoryKind.KERNEL, 2, 3), 10, 1, 3, 0, 2),
                event("free", 72, c -> c.free(3, ADDRESS), 2, 3, 0, 0, ADDRESS),
                event("free circular buffer", 128, c -> c.freeCircularBuffer(1, 2, 3), 9, 1, 3, 0, 2),
                event("free circular buffer without address", 128, c -> c.freeCircularBuffer(1, 3), 9, 1, 3, 0, 0),
                event("unload kernel", 128, c -> c.unloadKernel(1, 2, 3), 11, 1, 3, 0, 2),
                Arguments.of("request dump", 72, (Consumer<AllocationClient>) AllocationClient::requestDump, dump()));
    }

    static Stream<Arguments> everyMethodTooLongForItsClient() {
        return everyMethod()
                .filter(method -> (int) method.get()[1] == 128)
                .flatMap(method -> Stream.of(72, 112)
                        .map(length -> Arguments.of(method.get()[0], length, method.get()[2], method.get()[3])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyMethod")
    void each_method_sends_exactly_its_message_in_every_length_that_has_it(
            String name, int least, Consumer<AllocationClient> call, byte[] common) throws Exception {
        int connections = 0;
        int sent = 0;
        for (int length : new int[] {72, 112, 128, 144}) {
            if (length < least) {
                continue;
            }
            try (AllocationClient client = client().messageLength(length).build()) {
                call.accept(client);
                assertThat(client.undelivered()).isZero();
            }
            assertThat(peer.awaitEnded(++connections)).isTrue();
            byte[] all = peer.await(sent + length);
            byte[] expected = ByteBuffer.allocate(length).put(common).array();
            assertThat(HexFormat.of().formatHex(all, sent, all.length))
                    .as("%s bytes", length)
                    .isEqualTo(HexFormat.of().formatHex(expected));
            sent += length;
        }
    }

    @ParameterizedTest(name = "{0} in {1} bytes")
    @MethodSource("everyMethodTooLongForItsClient")
    void a_message_that_the_length_does_not_have_is_refused(
            String name, int length, Consumer<AllocationClient> call, byte[] common) {
        String type = new String[] {"CB_ALLOC", "CB_FREE", "KERNEL_LOAD", "KERNEL_UNLOAD"}[common[0] - 8];
        try (AllocationClient client = client().messageLength(length).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> call.accept(client))
                    .withMessage("messages of " + length + " bytes have no " + type
                            + ", which needs 128 bytes or more: build the AllocationClient with messageLength(144)");
            assertThat(client.undelivered()).isZero();
        }
    }

    @Test
    void the_defaults_are_the_newest_messages_this_process_and_the_time_of_day() throws Exception {
        long before = InstantSource.system().millis();
        try (AllocationClient client = AllocationClient.connect(socket)) {
            client.allocate(0, MemoryKind.L1, 1, 2);
            assertThat(client.socket()).isEqualTo(socket);
            assertThat(client).hasToString("AllocationClient[" + socket + ", 144 bytes]");
        }
        ByteBuffer sent = ByteBuffer.wrap(peer.await(144)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(sent.capacity()).isEqualTo(144);
        assertThat(sent.getInt(20)).isEqualTo(ProcessHandle.current().pid());
        assertThat(TimeUnit.NANOSECONDS.toMillis(sent.getLong(32)))
                .isBetween(before, InstantSource.system().millis());
    }

    @Test
    void the_default_socket_is_the_one_of_the_runtime() {
        try (AllocationClient client = AllocationClient.connect()) {
            assertThat(client.socket()).isEqualTo(Path.of("/tmp/tt_allocation_server.sock"));
        }
    }

    @Test
    void it_connects_at_the_first_event_and_stays_connected() throws Exception {
        try (AllocationClient client = client().build()) {
            assertThat(peer.connections()).isZero();
            client.free(0, 1);
            client.free(0, 2);
            peer.await(288);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void closing_twice_is_harmless() throws Exception {
        AllocationClient client = client().build();
        client.free(0, 1);
        client.close();
        client.close();
        assertThat(peer.awaitEnded(1)).isTrue();
        assertThat(peer.await(144)).hasSize(144);
        AllocationClient unused = client().build();
        unused.close();
        unused.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyMethod")
    void use_after_close_is_an_error(String name, int least, Consumer<AllocationClient> call, byte[] common) {
        AllocationClient client = client().build();
        client.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> call.accept(client))
                .withMessage("the allocation client of " + socket + " is closed; build a new one");
        assertThat(client.undelivered()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 71, 73, 100, 136, 145})
    void a_length_that_no_message_has_is_refused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllocationClient.builder().messageLength(length))
                .withMessage(
                        "messageLength must be 72, 112, 128 or 144 (bytes), not " + length + "; the default is 144");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_number_that_no_process_has_is_refused(int pid) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllocationClient.builder().processId(pid))
                .withMessage("processId must be 1 or more, not " + pid);
    }

    @Test
    void a_path_that_is_too_long_for_a_socket_is_refused() {
        Path longest = Path.of("/tmp/" + "x".repeat(101));
        assertThat(AllocationClient.builder().socket(longest)).isNotNull();
        Path tooLong = Path.of("/tmp/" + "x".repeat(100) + "é");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllocationClient.connect(tooLong))
                .withMessage("the path of a Unix socket has at most 106 bytes, and " + tooLong
                        + " has 107; choose a shorter one");
    }

    @Test
    void a_path_outside_the_operating_system_is_refused(@TempDir Path directory) throws IOException {
        Path archive = directory.resolve("a.zip");
        try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AllocationClient.connect(files.getPath("/s")))
                    .withMessage("a Unix socket is a file of the operating system, and /s belongs to " + files);
        }
    }

    private AllocationClient.Builder client() {
        AllocationClient.Builder client =
                AllocationClient.builder().socket(socket).processId(PID);
        client.clock = CLOCK;
        return client;
    }

    private static Arguments event(
            String name,
            int least,
            Consumer<AllocationClient> call,
            int type,
            int device,
            long size,
            int bufferType,
            long address) {
        ByteBuffer out = ByteBuffer.wrap(new byte[72]).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, type).putInt(4, device).putLong(8, size).putInt(16, bufferType);
        out.putInt(20, PID).putLong(24, address).putLong(32, type == 1 ? NOW : 0);
        byte[] common = new byte[72];
        out.get(common);
        return Arguments.of(name, least, call, common);
    }

    private static byte[] dump() {
        byte[] common = new byte[72];
        common[0] = 5;
        return common;
    }
}
