package io.github.ttmemorycheck.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.internal.wire.PeerProtocol.Operation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeerProtocolTests {

    private static final String SIGN = HexFormat.of().formatHex("ttmcPEER".getBytes(US_ASCII));

    @ParameterizedTest
    @EnumSource
    void a_question_is_read_as_it_was_written(Operation operation) {
        Conversation server = new Conversation()
                .receive(PeerProtocol.question(operation, 17, 4711))
                .end();

        assertThat(server.messages).hasSize(1);
        ClientMessage question = server.messages.get(0);
        assertThat(PeerProtocol.isQuestion(question)).isTrue();
        assertThat(PeerProtocol.operation(question)).isEqualTo(operation);
        assertThat(PeerProtocol.argument(question)).isEqualTo(17);
        assertThat(question.processId()).isEqualTo(4711);
    }

    @Test
    void what_a_runtime_sends_is_no_question() {
        ClientMessage question = new Conversation()
                .receive(PeerProtocol.question(Operation.HELLO, 0, 1))
                .end()
                .messages
                .get(0);

        assertThat(PeerProtocol.isQuestion(ClientMessage.request(MessageType.QUERY, 0)))
                .isFalse();
        assertThat(PeerProtocol.isQuestion(new ClientMessage(MessageType.FREE, 0, 1, 0, 1, question.bufferId(), 0)))
                .isFalse();
    }

    @Test
    void an_operation_of_another_version_is_refused() {
        ClientMessage question = new ClientMessage(MessageType.QUERY, 0, 8, 0, 1, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerProtocol.operation(question))
                .withMessage("there is no operation 8 in version 4");
    }

    @Test
    void an_answer_begins_with_its_sign_its_length_what_it_is_and_who_serves() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PeerProtocol.header(PeerProtocol.ANSWERED, 258, 4711, new DataOutputStream(bytes));

        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(SIGN + "00000102" + "01" + "00001267");
        assertThat(HexFormat.of().formatHex(PeerProtocol.patience())).isEqualTo(SIGN + "00000000" + "02" + "00000000");
        assertThat(bytes.size()).isEqualTo(PeerProtocol.HEADER);
    }

    @ParameterizedTest
    @CsvSource({
        "DRAM, 0, DRAM, BUFFER",
        "L1, 1, L1, BUFFER",
        "SYSTEM_MEMORY, 2, SYSTEM_MEMORY, BUFFER",
        "L1_SMALL, 3, L1, BUFFER",
        "TRACE, 4, DRAM, BUFFER"
    })
    void a_kind_of_buffers_has_a_number_and_is_a_part_of_a_memory(
            MemoryKind kind, int type, MemoryKind memory, NumberSpace numbers) {
        assertThat(BufferType.of(kind)).isEqualTo(type);
        assertThat(BufferType.kind(type)).isEqualTo(kind);
        assertThat(BufferType.memory(kind)).isEqualTo(memory);
        assertThat(NumberSpace.of(kind)).isEqualTo(numbers);
    }

    @ParameterizedTest
    @EnumSource(names = {"CIRCULAR_BUFFER", "KERNEL"})
    void what_is_reported_apart_has_no_number_among_buffers_and_numbers_of_its_own(MemoryKind kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BufferType.of(kind))
                .withMessage(kind + " is reported apart from buffers, and has no buffer type");
        assertThat(BufferType.memory(kind)).isEqualTo(kind);
        assertThat(NumberSpace.of(kind)).isEqualTo(NumberSpace.valueOf(kind.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "ALLOC, BUFFER",
        "FREE, BUFFER",
        "CB_ALLOC, CIRCULAR_BUFFER",
        "CB_FREE, CIRCULAR_BUFFER",
        "KERNEL_LOAD, KERNEL",
        "KERNEL_UNLOAD, KERNEL"
    })
    void an_allocation_and_its_free_share_numbers(MessageType type, NumberSpace numbers) {
        assertThat(NumberSpace.of(type)).isEqualTo(numbers);
    }

    @Test
    void a_question_names_no_allocation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberSpace.of(MessageType.QUERY))
                .withMessage("QUERY names no allocation");
    }

    @Test
    void the_length_of_a_path_is_in_bytes() {
        assertThat(TrackerSocket.lengthOf(Path.of("/tmp/x"))).isEqualTo(6);
    }
}
