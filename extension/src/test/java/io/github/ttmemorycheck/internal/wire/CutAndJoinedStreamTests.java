package io.github.ttmemorycheck.internal.wire;

import static io.github.ttmemorycheck.internal.wire.Conversation.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutAndJoinedStreamTests {

    private static final List<Generation> GENERATIONS = List.of(Generation.values());

    @ParameterizedTest
    @EnumSource
    void every_message_may_be_cut_at_every_byte(Generation generation) {
        for (ClientMessage message : GoldenMessages.clientMessages(generation)) {
            byte[] bytes = MessageWriter.write(message, generation);
            byte[] twice = join(bytes, bytes);
            for (int cut = 0; cut <= twice.length; cut++) {
                Conversation conversation = new Conversation()
                        .receive(twice, 0, cut)
                        .receive(twice, cut, twice.length)
                        .end();
                assertThat(conversation.messages).as("cut at %s", cut).containsExactly(message, message);
                assertThat(conversation.faults).isEmpty();
                assertThat(conversation.requests).allMatch(request -> request.generation() == generation);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_message_may_come_byte_by_byte(Generation generation) {
        for (ClientMessage message : GoldenMessages.clientMessages(generation)) {
            byte[] bytes = MessageWriter.write(message, generation);
            Conversation conversation =
                    new Conversation().receiveByteByByte(join(bytes, bytes)).end();
            assertThat(conversation.messages).containsExactly(message, message);
            assertThat(conversation.faults).isEmpty();
            assertThat(conversation.requests).allMatch(request -> request.generation() == generation);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void messages_of_all_generations_may_be_mixed_and_joined(long seed) {
        Mix mix = new Mix(new SplittableRandom(seed), 5_000);
        mix.isWhatWasReadBy(new Conversation().receive(mix.stream).end());
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void messages_of_all_generations_may_be_mixed_and_cut_anywhere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Mix mix = new Mix(random, 5_000);
        Conversation conversation = new Conversation();
        int at = 0;
        while (at < mix.stream.length) {
            int to = Math.min(mix.stream.length, at + random.nextInt(random.nextBoolean() ? 4 : 400));
            conversation.receive(mix.stream, at, to);
            at = to;
        }
        mix.isWhatWasReadBy(conversation.end());
    }

    @ParameterizedTest
    @ValueSource(longs = 7)
    void messages_of_all_generations_may_be_mixed_and_come_byte_by_byte(long seed) {
        Mix mix = new Mix(new SplittableRandom(seed), 1_000);
        mix.isWhatWasReadBy(new Conversation().receiveByteByByte(mix.stream).end());
    }

    /** Random messages, each of a random generation. */
    private static final class Mix {

        final List<ClientMessage> sent = new ArrayList<>();
        final List<Conversation.Request> asked = new ArrayList<>();
        final byte[] stream;

        Mix(SplittableRandom random, int count) {
            byte[][] parts = new byte[count][];
            for (int i = 0; i < count; i++) {
                Generation generation = GENERATIONS.get(random.nextInt(GENERATIONS.size()));
                List<ClientMessage> all = GoldenMessages.clientMessages(generation);
                ClientMessage message = all.get(random.nextInt(all.size()));
                parts[i] = MessageWriter.write(message, generation);
                sent.add(message);
                if (message.type().isRequest()) {
                    asked.add(new Conversation.Request(message, generation));
                }
            }
            stream = join(parts);
        }

        void isWhatWasReadBy(Conversation conversation) {
            assertThat(conversation.messages).isEqualTo(sent);
            assertThat(conversation.requests).isEqualTo(asked).hasSizeGreaterThan(50);
            assertThat(conversation.faults).isEmpty();
        }
    }
}
