package io.github.ttmemorycheck.internal.wire;

import static io.github.ttmemorycheck.internal.wire.Conversation.join;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedStreamTests {

    private static final String NOT_ZERO =
            "bytes 1-3, 17-19 and 40-71 of a client's message are zero, and here they are not";
    private static final ClientMessage ALLOC = GoldenMessages.message("ALLOC_L1");
    private static final ClientMessage FREE = GoldenMessages.message("FREE");
    private static final ClientMessage DUMP = GoldenMessages.message("DUMP_REMAINING");

    private final Conversation conversation = new Conversation();

    static Stream<Arguments> wrongBytes() {
        return Stream.of(
                Arguments.of(0, 13, "there is no message type 13"),
                Arguments.of(0, 255, "there is no message type 255"),
                Arguments.of(0, 4, "only a server sends RESPONSE"),
                Arguments.of(0, 7, "only a server sends DEVICE_INFO_RESPONSE"),
                Arguments.of(16, 5, "byte 16 of ALLOC must be 0 to 4, not 5"),
                Arguments.of(16, 9, "byte 16 of ALLOC must be 0 to 4, not 9"),
                Arguments.of(16, 255, "byte 16 of ALLOC must be 0 to 4, not 255"));
    }

    static Stream<Arguments> everyReservedByte() {
        return Arrays.stream(Generation.values())
                .flatMap(generation -> IntStream.concat(
                                IntStream.of(1, 2, 3, 17, 18, 19), IntStream.range(40, Generation.COMMON))
                        .mapToObj(at -> Arguments.of(generation, at)));
    }

    @ParameterizedTest
    @MethodSource("wrongBytes")
    void a_message_that_no_client_sends_is_reported_and_skipped_alone(int at, int value, String reason) {
        for (Generation generation : Generation.values()) {
            byte[] good = MessageWriter.write(FREE, generation);
            byte[] bad = MessageWriter.write(ALLOC, generation);
            bad[at] = (byte) value;
            Conversation all = new Conversation().receive(join(good, bad, good, bad, bad, good));
            assertThat(all.messages).containsExactly(FREE, FREE, FREE);
            assertThat(all.faults).containsExactly(reason, reason, reason);
            assertThat(all.hexes).containsOnly(HexFormat.of().formatHex(bad, 0, Generation.COMMON));
            assertThat(all.reader.isLost()).isFalse();
        }
    }

    @Test
    void an_unknown_type_of_kernel_is_reported() {
        byte[] bad = MessageWriter.write(GoldenMessages.message("KERNEL_LOAD_DISPATCH"), Generation.G4);
        bad[16] = 3;
        conversation.receive(bad);
        assertThat(conversation.messages).isEmpty();
        assertThat(conversation.faults).containsExactly("byte 16 of KERNEL_LOAD must be 0 to 2, not 3");
    }

    @ParameterizedTest(name = "{0} byte {1}")
    @MethodSource("everyReservedByte")
    void a_reserved_byte_that_is_not_zero_costs_that_message_alone(Generation generation, int at) {
        byte[] good = MessageWriter.write(FREE, generation);
        byte[] bad = MessageWriter.write(ALLOC, generation);
        bad[at] = (byte) 0x80;
        conversation.receive(join(good, bad, good, good)).end();
        assertThat(conversation.messages).containsExactly(FREE, FREE, FREE);
        assertThat(conversation.faults).containsExactly(NOT_ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void garbage_before_good_messages_is_skipped(Generation generation) {
        SplittableRandom random = new SplittableRandom(11);
        byte[] free = MessageWriter.write(FREE, generation);
        byte[] alloc = MessageWriter.write(ALLOC, generation);
        for (int length = 1; length < Generation.COMMON; length++) {
            byte[] garbage = new byte[length];
            for (int i = 0; i < length; i++) {
                garbage[i] = (byte) (1 + random.nextInt(255));
            }
            byte[] stream = join(garbage, free, alloc, free);
            Conversation joined = new Conversation().receive(stream).end();
            assertThat(joined.messages).as("%s bytes", length).containsExactly(FREE, ALLOC, FREE);
            assertThat(joined.faults).containsExactly(NOT_ZERO);
            Conversation cut = new Conversation().receiveByteByByte(stream).end();
            assertThat(cut.messages).as("%s bytes", length).containsExactly(FREE, ALLOC, FREE);
            assertThat(cut.faults).containsExactly(NOT_ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_message_cut_short_before_others_costs_at_most_the_next(Generation generation) {
        byte[] alloc = MessageWriter.write(ALLOC, generation);
        byte[] dump = MessageWriter.write(DUMP, generation);
        for (int length = 1; length < Generation.COMMON; length++) {
            byte[] stream = join(Arrays.copyOf(alloc, length), alloc, dump, alloc, dump);
            Conversation all = new Conversation().receive(stream).end();
            assertThat(all.faults).as("cut at %s", length).containsExactly(NOT_ZERO);
            assertThat(all.messages).as("cut at %s", length).containsExactly(ALLOC, DUMP, ALLOC, DUMP);
        }
    }

    @Test
    void text_is_searched_for_messages_and_then_given_up() {
        byte[] line = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"
                .getBytes(US_ASCII);
        conversation.receive(line);
        assertThat(conversation.faults).containsExactly(NOT_ZERO);
        assertThat(conversation.hexes.get(0)).startsWith("474554202f6d657472696373");
        assertThat(conversation.reader.isLost()).isFalse();
        for (int i = 0; i < MessageReader.SEARCH_LIMIT / line.length + 1; i++) {
            conversation.receive(line);
        }
        assertThat(conversation.reader.isLost()).isTrue();
        assertThat(conversation.faults).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 65536})
    void a_stream_is_given_up_at_the_limit_whatever_its_takes(int take) {
        byte[] noise = new byte[MessageReader.SEARCH_LIMIT + Generation.COMMON - 1];
        Arrays.fill(noise, (byte) 0x55);
        for (int at = 0; at < noise.length; at += take) {
            assertThat(conversation.reader.isLost()).isFalse();
            conversation.receive(noise, at, Math.min(noise.length, at + take));
        }
        assertThat(conversation.reader.isLost()).isTrue();
        conversation.receive(MessageWriter.write(FREE, Generation.G1)).end();
        assertThat(conversation.messages).isEmpty();
        assertThat(conversation.faults).hasSize(1);
    }

    @Test
    void a_message_is_found_in_the_last_bytes_before_the_limit() {
        byte[] noise = new byte[MessageReader.SEARCH_LIMIT - 1];
        Arrays.fill(noise, (byte) 0x55);
        conversation
                .receive(join(noise, MessageWriter.write(FREE, Generation.G2)))
                .end();
        assertThat(conversation.messages).containsExactly(FREE);
        assertThat(conversation.reader.isLost()).isFalse();
    }

    @Test
    void bytes_that_look_like_a_message_without_its_tail_are_not_taken_for_one() {
        byte[] stray = join(new byte[] {0x55}, MessageWriter.write(FREE, Generation.G1), new byte[20]);
        conversation
                .receive(join(stray, MessageWriter.write(ALLOC, Generation.G2), new byte[0]))
                .end();
        assertThat(conversation.messages).containsExactly(ALLOC);
    }

    /** No generation has one zero more behind a message, so that it depends on what comes whether this is one. */
    @Test
    void the_longest_tail_after_garbage_is_waited_behind_since_one_zero_more_makes_it_none() {
        conversation.receive(join(new byte[] {0x55}, MessageWriter.write(FREE, Generation.G4)));
        assertThat(conversation.messages).isEmpty();
        assertThat(conversation.reader.isUndecided()).isTrue();

        conversation
                .receive(join(new byte[1], MessageWriter.write(ALLOC, Generation.G4)))
                .end();
        assertThat(conversation.messages).containsExactly(ALLOC);
    }

    @Test
    void a_message_cut_off_by_the_end_of_the_stream_is_reported() {
        byte[] alloc = MessageWriter.write(ALLOC, Generation.G2);
        for (int length = 1; length < Generation.COMMON; length++) {
            Conversation all =
                    new Conversation().receive(alloc).receive(alloc, 0, length).end();
            assertThat(all.messages).containsExactly(ALLOC);
            assertThat(all.faults).containsExactly("the stream ended after " + length + " of a message's 72 bytes");
            assertThat(all.hexes).containsExactly(HexFormat.of().formatHex(alloc, 0, length));
        }
    }

    @Test
    void a_message_cut_inside_its_zeros_by_the_end_of_the_stream_is_whole() {
        byte[] alloc = MessageWriter.write(ALLOC, Generation.G4);
        conversation.receive(alloc, 0, 100).end();
        assertThat(conversation.messages).containsExactly(ALLOC);
        assertThat(conversation.faults).isEmpty();
    }

    @Test
    void an_empty_stream_and_a_stream_of_zeros_hold_nothing() {
        conversation.end();
        conversation.receive(new byte[100_000]).end();
        assertThat(conversation.messages).isEmpty();
        assertThat(conversation.faults).isEmpty();
    }
}
