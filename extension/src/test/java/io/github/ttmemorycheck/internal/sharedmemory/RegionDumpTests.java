package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegionDumpTests {

    @TempDir
    Path directory;

    private String dump() throws IOException {
        StringBuilder out = new StringBuilder();
        try (SharedMemoryTracker memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            memory.dump(out);
        }
        return out.toString();
    }

    @Test
    void lists_each_device_by_process_and_below_its_total_what_ended_processes_left() throws IOException {
        try (Child child = Child.run(directory.resolve("errors").toFile(), List.of("sleep", "1000"))) {
            int pid = child.pid();
            WrittenRegion.create(directory, "111", 0)
                    .attach(0, pid, "x")
                    .hold(0, 36 << 10, 12 << 10, 1, 2, 3)
                    .attach(1, 2_147_000_000, "100% gone")
                    .hold(1, 0, 5 << 10);
            WrittenRegion.create(directory, "112", 0).attach(0, pid, "x").hold(0, 1 << 20);
            WrittenRegion.create(directory, "113", 1).attach(0, pid, "x");
            WrittenRegion.create(directory, "114", 12);
            assertThat(dump()).isEqualTo("""
                    Device memory held, as the regions in %1$s say: 1 process on 3 devices
                      device 0, chips 111, 112
                           process      DRAM      L1  L1_SMALL  TRACE  CIRCULAR_BUFFER  command
                        %2$10d  1.04 MiB  12 KiB       1 B    2 B              3 B  sleep 1000
                             total  1.04 MiB  12 KiB       1 B    2 B              3 B
                        2147000000         -   5 KiB         -      -                -  ended, not counted: 100%% gone
                      device 1, chip 113
                        process  DRAM  L1  L1_SMALL  TRACE  CIRCULAR_BUFFER  command
                        %2$7d     -   -         -      -                -  sleep 1000
                          total     -   -         -      -                -
                      device 12, chip 114
                        nothing is held
                    """.formatted(directory, pid));
        }
    }

    @Test
    void without_regions_it_says_so() throws IOException {
        assertThat(dump())
                .isEqualTo("Device memory held, as the regions in " + directory + " say: 0 processes on 0 devices\n");
    }
}
