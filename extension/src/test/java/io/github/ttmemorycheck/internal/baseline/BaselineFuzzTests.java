package io.github.ttmemorycheck.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.torture.Fuzz;
import io.github.ttmemorycheck.torture.Mutations;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class BaselineFuzzTests {

    private static final List<String> SUBJECTS = List.of(
            "com.example.LlamaTests.decode()",
            "com.example.LlamaTests.decode(int, String)",
            "com.example.LlamaTests",
            "com.example.Übung.größer als 0()",
            "# no comment");

    private static final BaselineFile FILE = new BaselineFile(Path.of("baselines"));

    @Test
    void what_is_written_is_read_and_what_is_read_of_a_damaged_file_is_read_again_once_written() {
        AtomicLong read = new AtomicLong();
        Fuzz.run("baseline files", random -> {
            Map<BaselineFile.Key, Long> values = values(random);
            String text = BaselineFile.format(values);
            if (!FILE.parse(text).equals(values)) {
                assertThat(FILE.parse(text)).isEqualTo(values);
            }
            Map<BaselineFile.Key, Long> damaged;
            try {
                damaged = FILE.parse(Mutations.of(text, 1 + random.nextInt(4), random));
            } catch (BaselineFileException refused) {
                assertThat(refused.getMessage()).contains("baselines, line ");
                return;
            }
            read.incrementAndGet();
            String again = BaselineFile.format(damaged);
            if (!FILE.parse(again).equals(damaged)) {
                assertThat(FILE.parse(again)).isEqualTo(damaged);
            }
        });
        assertThat(read).as("damaged files that were read").hasPositiveValue();
    }

    private static Map<BaselineFile.Key, Long> values(SplittableRandom random) {
        Map<BaselineFile.Key, Long> values = new HashMap<>();
        MemoryKind[] kinds = MemoryKind.values();
        for (int i = random.nextInt(3); i > 0; i--) {
            MemoryPool pool = new MemoryPool(random.nextInt(), kinds[random.nextInt(kinds.length)]);
            values.put(
                    new BaselineFile.Key(SUBJECTS.get(random.nextInt(SUBJECTS.size())), pool),
                    random.nextLong() >>> (1 + random.nextInt(63)));
        }
        return values;
    }
}
