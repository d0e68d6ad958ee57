package com.example;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.client.AllocationClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One test is clean, one leaks: the build has to fail, and to say by which. */
@TtMemoryCheck
class DecoderTests {

    private static AllocationClient runtime;

    @BeforeAll
    static void open() {
        runtime = AllocationClient.connect(Path.of("target/runtime.sock"));
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    @Test
    void frees() {
        runtime.allocate(0, DRAM, 0x1000, 4096);
        runtime.free(0, 0x1000);
    }

    @Test
    void forgets_one_device() {
        for (int device = 0; device < 4; device++) {
            runtime.allocate(device, DRAM, 0x2000, 8192);
        }
        for (int device = 0; device < 3; device++) {
            runtime.free(device, 0x2000);
        }
    }
}
