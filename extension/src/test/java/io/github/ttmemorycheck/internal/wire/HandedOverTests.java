package io.github.ttmemorycheck.internal.wire;

import static io.github.ttmemorycheck.internal.wire.Conversation.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream goes on in another process where the first one stopped reading it. */
class HandedOverTests {

    private static final ClientMessage FREE = GoldenMessages.message("FREE");
    private static final ClientMessage ALLOC = GoldenMessages.message("ALLOC_HIGHEST_VALUES");
    private static final ClientMessage QUERY = ClientMessage.request(MessageType.QUERY, 3);

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        Arrays.fill(noise, (byte) 0x55);
        return noise;
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_reads_the_same_wherever_it_was_handed_over(Generation generation) throws IOException {
        byte[] free = MessageWriter.write(FREE, generation);
        byte[] query = MessageWriter.write(QUERY, generation);
        byte[] stream = join(free, query, MessageWriter.write(ALLOC, generation), noise(30), free, query, query);

        for (int cut = 0; cut <= stream.length; cut++) {
            Conversation conversation = new Conversation()
                    .receive(stream, 0, cut)
                    .handOver()
                    .receive(stream, cut, stream.length)
                    .end();
            assertThat(conversation.messages).as("at %s", cut).containsExactly(FREE, QUERY, ALLOC, FREE, QUERY, QUERY);
            assertThat(conversation.faults).hasSize(1);
            assertThat(conversation.requests)
                    .extracting(Conversation.Request::generation)
                    .containsOnly(generation);
        }
    }

    @Test
    void what_was_learnt_of_a_client_is_handed_over() throws IOException {
        byte[] free = MessageWriter.write(FREE, Generation.G2);
        Conversation conversation = new Conversation()
                .receive(join(free, free, MessageWriter.write(QUERY, Generation.G2)))
                .handOver();

        assertThat(conversation.reader.isUndecided()).isTrue();
        assertThat(conversation.reader.isAsLongAsBefore()).isTrue();
        assertThat(new Conversation()
                        .receive(MessageWriter.write(QUERY, Generation.G2))
                        .handOver()
                        .reader
                        .isAsLongAsBefore())
                .as("of a first request")
                .isFalse();
        assertThat(new Conversation()
                        .receive(join(
                                MessageWriter.write(FREE, Generation.G1), MessageWriter.write(QUERY, Generation.G1)))
                        .handOver()
                        .reader
                        .isAsLongAsBefore())
                .as("of the shortest generation")
                .isTrue();
    }

    @Test
    void a_search_is_over_at_its_limit_and_a_lost_stream_stays_lost() throws IOException {
        int limit = MessageReader.SEARCH_LIMIT;
        Conversation searching =
                new Conversation().receive(noise(limit + Generation.COMMON - 2)).handOver();
        assertThat(searching.reader.isLost()).isFalse();
        searching.receive(noise(1));
        assertThat(searching.reader.isLost()).isTrue();
        assertThat(searching.handOver().reader.isLost()).isTrue();
        assertThat(searching.faults).hasSize(1);
    }

    @Test
    void zeros_that_may_still_come_behind_a_place_that_was_found_are_waited_for() throws IOException {
        Conversation conversation = new Conversation()
                .receive(join(noise(30), MessageWriter.write(FREE, Generation.G2)))
                .handOver();
        assertThat(conversation.reader.isUndecided()).isTrue();
        assertThat(conversation.messages).isEmpty();

        assertThat(conversation.reader.decide(conversation)).isFalse();
        assertThat(conversation.messages).containsExactly(FREE);
        assertThat(conversation.reader.isUndecided()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 0, false", "true, 1, true", "false, 71, false", "false, 72, true"})
    void a_reader_is_stopped_by_a_request_or_with_a_whole_message(boolean undecided, int kept, boolean stopped)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(kept);
        out.write(noise(kept));
        out.writeBoolean(undecided);
        if (undecided) {
            QUERY.write(out);
        }
        out.writeInt(0);
        out.writeInt(-1);
        out.write(new byte[10]);
        MessageReader reader = new MessageReader();
        reader.resume(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(reader.isStopped()).isEqualTo(stopped);
    }

    @Test
    void a_message_of_an_unknown_type_is_refused() {
        byte[] bytes = ByteBuffer.allocate(72).putInt(13).array();

        assertThatIOException()
                .isThrownBy(() -> ClientMessage.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .withMessage("there is no such type of a message");
    }

    @ParameterizedTest
    @CsvSource({
        "KERNEL_LOAD_APPLICATION, false",
        "KERNEL_LOAD_FABRIC, true",
        "KERNEL_LOAD_DISPATCH, true",
        "ALLOC_L1, false"
    })
    void kernels_of_the_fabric_and_for_dispatch_are_of_the_system(String name, boolean ofSystem) {
        assertThat(GoldenMessages.message(name).isOfSystem()).isEqualTo(ofSystem);
    }
}
