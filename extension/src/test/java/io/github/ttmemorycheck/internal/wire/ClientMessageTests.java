package io.github.ttmemorycheck.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClientMessageTests {

    @ParameterizedTest
    @EnumSource(names = {"RESPONSE", "DEVICE_INFO_RESPONSE"})
    void a_client_sends_no_answers(MessageType answer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientMessage.request(answer, 0))
                .withMessage("a client never sends " + answer);
    }

    @ParameterizedTest
    @CsvSource({"ALLOC, 5, 4", "ALLOC, -1, 4", "KERNEL_LOAD, 3, 2", "FREE, 256, 255"})
    void byte_16_has_a_range_for_each_type(MessageType type, int subtype, int highest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientMessage(type, 0, 0, subtype, 0, 0, 0))
                .withMessage("byte 16 of " + type + " must be 0 to " + highest + ", not " + subtype);
    }

    @ParameterizedTest
    @CsvSource({"0, G1", "39, G1", "40, G2", "55, G2", "56, G3", "71, G3", "72, G4", "1000, G4"})
    void the_zeros_behind_a_message_tell_its_generation(int zeros, Generation generation) {
        assertThat(Generation.ofTail(zeros)).isEqualTo(generation);
    }

    @Test
    void fewer_than_no_zeros_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Generation.ofTail(-1))
                .withMessage("a tail cannot have -1 bytes");
    }
}
