package io.github.ttmemorycheck.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.torture.Fuzz;
import io.github.ttmemorycheck.torture.Mutations;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class StreamFuzzTests {

    private static final List<Generation> GENERATIONS = List.of(Generation.values());
    private static final List<List<ClientMessage>> MESSAGES =
            GENERATIONS.stream().map(GoldenMessages::clientMessages).toList();

    @Test
    void what_a_damaged_stream_says_does_not_depend_on_where_it_was_cut() {
        Fuzz.run("streams", random -> {
            byte[] bytes = Mutations.of(messages(random), random.nextInt(4), random);
            Conversation whole = new Conversation().receive(bytes).end();
            Conversation cut = new Conversation();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 8 : 300));
                cut.receive(bytes, at, to);
                at = to;
            }
            cut.end();

            if (!whole.messages.equals(cut.messages)
                    || !whole.requests.equals(cut.requests)
                    || !whole.faults.equals(cut.faults)) {
                assertThat(cut.messages).isEqualTo(whole.messages);
                assertThat(cut.requests).isEqualTo(whole.requests);
                assertThat(cut.faults).isEqualTo(whole.faults);
            }
            if (bytes.length > 0 && whole.faults.isEmpty() && whole.messages.isEmpty()) {
                assertThat(bytes).as("what is neither read nor refused").containsOnly(0);
            }
        });
    }

    private static byte[] messages(SplittableRandom random) {
        byte[][] parts = new byte[1 + random.nextInt(6)][];
        for (int i = 0; i < parts.length; i++) {
            int generation = random.nextInt(GENERATIONS.size());
            List<ClientMessage> all = MESSAGES.get(generation);
            parts[i] = MessageWriter.write(all.get(random.nextInt(all.size())), GENERATIONS.get(generation));
        }
        return Conversation.join(parts);
    }
}
