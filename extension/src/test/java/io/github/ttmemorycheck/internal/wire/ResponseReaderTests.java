package io.github.ttmemorycheck.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResponseReaderTests {

    private static final TotalsResponse TOTALS = new TotalsResponse(1, 2, 3, 4, 5, 6, 7);

    @Test
    void an_answer_of_another_length_is_refused() {
        byte[] bytes = MessageWriter.write(TOTALS, Generation.G2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResponseReader.totals(bytes, Generation.G4))
                .withMessage("an answer of G4 has 144 bytes, not 112");
    }

    @Test
    void an_answer_of_another_type_is_refused() {
        byte[] bytes = MessageWriter.write(TOTALS, Generation.G2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResponseReader.deviceInfo(bytes, Generation.G2))
                .withMessage("expected DEVICE_INFO_RESPONSE (type 7), and the answer begins with 4");
    }

    @Test
    void what_a_server_says_of_its_ring_buffer_is_not_taken_for_anything_else() {
        byte[] bytes = MessageWriter.write(TOTALS, Generation.G4);
        Arrays.fill(bytes, 128, 140, (byte) 0xff);
        assertThat(ResponseReader.totals(bytes, Generation.G4)).isEqualTo(TOTALS);
    }
}
