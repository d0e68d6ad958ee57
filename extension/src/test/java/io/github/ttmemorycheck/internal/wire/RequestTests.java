package io.github.ttmemorycheck.internal.wire;

import static io.github.ttmemorycheck.internal.wire.Conversation.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.wire.Conversation.Request;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequestTests {

    private static final ClientMessage QUERY = ClientMessage.request(MessageType.QUERY, 3);
    private static final ClientMessage FREE = GoldenMessages.message("FREE");

    private final Conversation conversation = new Conversation();

    @ParameterizedTest
    @EnumSource
    void the_next_message_tells_where_a_request_ended(Generation generation) {
        conversation.receive(join(query(generation), MessageWriter.write(FREE, Generation.G1)));
        assertThat(conversation.requests).containsExactly(new Request(QUERY, generation));
        assertThat(conversation.messages).containsExactly(QUERY, FREE);
        assertThat(conversation.reader.isUndecided()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"G1", "G2", "G3"})
    void a_request_that_nothing_follows_waits_until_it_is_decided(Generation generation) {
        conversation.receive(query(generation));
        assertThat(conversation.requests).isEmpty();
        assertThat(conversation.reader.isUndecided()).isTrue();

        conversation.reader.decide(conversation);
        assertThat(conversation.requests).containsExactly(new Request(QUERY, generation));
        assertThat(conversation.reader.isUndecided()).isFalse();
    }

    @Test
    void the_longest_request_is_handed_on_at_once() {
        conversation.receive(query(Generation.G4));
        assertThat(conversation.requests).containsExactly(new Request(QUERY, Generation.G4));
        assertThat(conversation.reader.isUndecided()).isFalse();
    }

    @Test
    void a_request_cut_inside_its_zeros_is_decided_when_the_rest_has_come() {
        byte[] query = query(Generation.G2);
        conversation.receive(query, 0, 90);
        assertThat(conversation.requests).isEmpty();
        conversation.receive(query, 90, query.length);
        conversation.reader.decide(conversation);
        assertThat(conversation.requests).containsExactly(new Request(QUERY, Generation.G2));
    }

    @Test
    void zeros_that_come_after_a_request_was_decided_do_no_harm() {
        byte[] query = query(Generation.G4);
        conversation.receive(query, 0, 80);
        conversation.reader.decide(conversation);
        conversation.receive(join(Arrays.copyOfRange(query, 80, 144), query(Generation.G2)));
        conversation.reader.decide(conversation);
        assertThat(conversation.requests)
                .containsExactly(new Request(QUERY, Generation.G1), new Request(QUERY, Generation.G2));
        assertThat(conversation.faults).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_end_of_the_stream_decides(Generation generation) {
        conversation.receive(query(generation)).end();
        assertThat(conversation.requests).containsExactly(new Request(QUERY, generation));
        assertThat(conversation.faults).isEmpty();
    }

    @Test
    void nothing_is_known_of_the_length_of_a_first_request() {
        conversation.receive(query(Generation.G1));
        assertThat(conversation.reader.isAsLongAsBefore()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"G1", "G2", "G3"})
    void earlier_messages_tell_the_length_of_a_request(Generation generation) {
        byte[] free = MessageWriter.write(FREE, generation);
        byte[] query = query(generation);
        conversation.receive(join(free, free)).receive(query, 0, query.length - 1);
        assertThat(conversation.reader.isAsLongAsBefore()).isFalse();
        conversation.receive(query, query.length - 1, query.length);
        assertThat(conversation.reader.isAsLongAsBefore()).isTrue();
        assertThat(conversation.reader.isUndecided()).isTrue();
    }

    @Test
    void more_zeros_than_a_message_can_have_tell_nothing_of_the_length() {
        byte[] free = MessageWriter.write(FREE, Generation.G2);
        conversation.receive(join(free, free, new byte[200], query(Generation.G2)));
        assertThat(conversation.reader.isAsLongAsBefore()).isTrue();
    }

    @Test
    void an_earlier_request_tells_the_length_of_the_next() {
        conversation.receive(query(Generation.G2));
        conversation.reader.decide(conversation);
        conversation.receive(query(Generation.G2), 0, 80);
        assertThat(conversation.reader.isAsLongAsBefore()).isFalse();
        conversation.receive(query(Generation.G2), 80, 112);
        assertThat(conversation.reader.isAsLongAsBefore()).isTrue();
    }

    @Test
    void reading_stops_behind_a_request_and_goes_on_where_it_stopped() {
        byte[] free = MessageWriter.write(FREE, Generation.G2);
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        MessageReader reader = conversation.reader;
        reader.begin(buffer);
        buffer.put(join(free, query(Generation.G2), free, query(Generation.G2), free))
                .flip();

        assertThat(reader.take(buffer, conversation)).isFalse();
        assertThat(conversation.messages).containsExactly(FREE, QUERY);
        assertThat(buffer.hasRemaining()).isFalse();

        reader.begin(buffer.clear());
        assertThat(reader.take(buffer.flip(), conversation)).isFalse();
        assertThat(conversation.messages).containsExactly(FREE, QUERY, FREE, QUERY);

        reader.begin(buffer.clear());
        assertThat(reader.take(buffer.flip(), conversation)).isTrue();
        assertThat(conversation.messages).containsExactly(FREE, QUERY, FREE, QUERY, FREE);
    }

    /** It is decided by its own zeros, not by what follows, and its answer must not hold what follows. */
    @Test
    void reading_stops_behind_the_longest_request_too() {
        ByteBuffer buffer = ByteBuffer.wrap(join(query(Generation.G4), MessageWriter.write(FREE, Generation.G4)));

        assertThat(conversation.reader.take(buffer, conversation)).isFalse();
        assertThat(conversation.messages).containsExactly(QUERY);
    }

    @Test
    void the_end_of_the_stream_hands_on_all_that_waited_behind_a_request() {
        byte[] free = MessageWriter.write(FREE, Generation.G1);
        ByteBuffer buffer = ByteBuffer.wrap(join(query(Generation.G1), free, query(Generation.G1), free, free));
        assertThat(conversation.reader.take(buffer, conversation)).isFalse();
        conversation.end();
        assertThat(conversation.messages).containsExactly(QUERY, FREE, QUERY, FREE, FREE);
        assertThat(conversation.faults).isEmpty();
    }

    private static byte[] query(Generation generation) {
        return MessageWriter.write(QUERY, generation);
    }
}
