package io.github.ttmemorycheck.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes, the reader ends, throws nothing and hands on nothing that is not well-formed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RandomStreamTests {

    @Test
    void ten_thousand_streams_of_random_bytes_do_no_harm() {
        for (int seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(6_000)];
            random.nextBytes(bytes);
            Conversation conversation = received(bytes, random).end();
            assertThat(conversation.messages).as("seed %s", seed).isEmpty();
            if (bytes.length >= MessageReader.SEARCH_LIMIT + 2 * Generation.COMMON) {
                assertThat(conversation.reader.isLost()).as("seed %s", seed).isTrue();
            }
        }
    }

    @Test
    void ten_thousand_damaged_streams_of_messages_do_no_harm() {
        int read = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = messages(random);
            for (int i = random.nextInt(40); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 13 : 256);
            }
            read += received(bytes, random).end().messages.size();
        }
        assertThat(read).isGreaterThan(50_000);
    }

    @Test
    void what_comes_of_a_damaged_stream_does_not_depend_on_where_it_was_cut() {
        int damaged = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = messages(random);
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 13 : 256);
            }
            Conversation whole = new Conversation().receive(bytes).end();
            Conversation cut = received(bytes, random).end();

            assertThat(cut.messages).as("seed %s", seed).isEqualTo(whole.messages);
            assertThat(cut.faults).as("seed %s", seed).isEqualTo(whole.faults);
            assertThat(cut.requests).as("seed %s", seed).isEqualTo(whole.requests);
            damaged += whole.faults.isEmpty() ? 0 : 1;
        }
        assertThat(damaged).isGreaterThan(5_000);
    }

    @Test
    void what_comes_of_a_stream_does_not_depend_on_where_another_reader_takes_it_over() throws IOException {
        for (int seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = messages(random);
            for (int i = random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 13 : 256);
            }
            Conversation whole = new Conversation().receive(bytes).end();
            Conversation handed = new Conversation();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(700));
                handed.receive(bytes, at, to).handOver();
                at = to;
            }
            handed.end();

            assertThat(handed.messages).as("seed %s", seed).isEqualTo(whole.messages);
            assertThat(handed.faults).as("seed %s", seed).isEqualTo(whole.faults);
            assertThat(handed.requests).as("seed %s", seed).isEqualTo(whole.requests);
        }
    }

    @Test
    void more_zeros_than_an_int_can_count_behind_a_message_do_no_harm() {
        MessageReader reader = new MessageReader();
        Conversation heard = new Conversation();
        byte[] free = MessageWriter.write(GoldenMessages.message("FREE"), Generation.G1);
        reader.take(ByteBuffer.wrap(free), heard);
        ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
        for (long sent = 0; sent <= Integer.MAX_VALUE + 100L; sent += zeros.capacity()) {
            reader.take(zeros.clear(), heard);
        }
        reader.take(ByteBuffer.wrap(free), heard);
        assertThat(heard.messages).hasSize(2);
        assertThat(heard.faults).isEmpty();
    }

    private static byte[] messages(SplittableRandom random) {
        List<Generation> generations = List.of(Generation.values());
        byte[][] parts = new byte[20][];
        for (int i = 0; i < parts.length; i++) {
            Generation generation = generations.get(random.nextInt(generations.size()));
            List<ClientMessage> all = GoldenMessages.clientMessages(generation);
            parts[i] = MessageWriter.write(all.get(random.nextInt(all.size())), generation);
        }
        return Conversation.join(parts);
    }

    private static Conversation received(byte[] bytes, SplittableRandom random) {
        Conversation conversation = new Conversation();
        for (int at = 0; at < bytes.length; ) {
            int to = Math.min(bytes.length, at + 1 + random.nextInt(700));
            conversation.receive(bytes, at, to);
            at = to;
        }
        return conversation;
    }
}
