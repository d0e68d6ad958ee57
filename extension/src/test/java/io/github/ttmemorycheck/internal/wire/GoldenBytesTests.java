package io.github.ttmemorycheck.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoldenBytesTests {

    static Stream<Arguments> everyMessage() {
        return Arrays.stream(Generation.values())
                .flatMap(generation -> GoldenMessages.bytes(generation).entrySet().stream()
                        .map(entry -> Arguments.of(generation, entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest
    @EnumSource
    void the_files_hold_every_type_of_their_generation(Generation generation) {
        Set<MessageType> held = GoldenMessages.bytes(generation).keySet().stream()
                .map(GoldenMessages::type)
                .collect(Collectors.toSet());
        List<MessageType> known =
                Arrays.stream(MessageType.values()).filter(generation::knows).toList();
        assertThat(held).containsExactlyInAnyOrderElementsOf(known);
        assertThat(known).hasSize(generation == Generation.G1 ? 5 : generation == Generation.G2 ? 7 : 12);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyMessage")
    void a_message_is_written_as_the_golden_bytes(Generation generation, String name, byte[] golden) {
        assertThat(HexFormat.of().formatHex(written(generation, name)))
                .isEqualTo(HexFormat.of().formatHex(golden));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyMessage")
    void the_golden_bytes_are_read_as_the_message(Generation generation, String name, byte[] golden) {
        if (GoldenMessages.type(name) == MessageType.RESPONSE) {
            assertThat(ResponseReader.totals(golden, generation))
                    .isEqualTo(asFarAsKnown(GoldenMessages.totals(name), generation));
        } else if (GoldenMessages.type(name) == MessageType.DEVICE_INFO_RESPONSE) {
            assertThat(ResponseReader.deviceInfo(golden, generation)).isEqualTo(GoldenMessages.deviceInfo(name));
        } else {
            Conversation conversation = new Conversation().receive(golden).end();
            assertThat(conversation.messages).containsExactly(GoldenMessages.message(name));
            assertThat(conversation.faults).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"G1", "G2"})
    void a_generation_refuses_to_write_what_it_has_no_message_for(Generation generation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageWriter.write(GoldenMessages.message("CB_ALLOC"), generation))
                .withMessage(generation + " (" + generation.length()
                        + " bytes) has no CB_ALLOC; it came with G3 (128 bytes)");
    }

    @ParameterizedTest
    @EnumSource(names = "G1")
    void the_first_generation_has_no_description_of_a_device(Generation generation) {
        DeviceInfoResponse response = GoldenMessages.deviceInfo("DEVICE_INFO_RESPONSE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageWriter.write(response, generation))
                .withMessage("G1 (72 bytes) has no DEVICE_INFO_RESPONSE; it came with G2 (112 bytes)");
    }

    private static byte[] written(Generation generation, String name) {
        return switch (GoldenMessages.type(name)) {
            case RESPONSE -> MessageWriter.write(GoldenMessages.totals(name), generation);
            case DEVICE_INFO_RESPONSE -> MessageWriter.write(GoldenMessages.deviceInfo(name), generation);
            default -> MessageWriter.write(GoldenMessages.message(name), generation);
        };
    }

    private static TotalsResponse asFarAsKnown(TotalsResponse all, Generation generation) {
        return generation.knows(MessageType.CB_ALLOC)
                ? all
                : new TotalsResponse(all.device(), all.dram(), all.l1(), all.l1Small(), all.trace(), 0, 0);
    }
}
