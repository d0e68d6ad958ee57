package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The error as a build tool sees it, which reads it back from the JVM that ran the tests. */
@Timeout(60)
class DeviceMemoryLeakErrorTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class Leaking {

        @Test
        void leaks() {
            PrivateServer.client().allocate(3, DRAM, 0x1000, 8192);
        }

        @RepeatedTest(4)
        @MemoryBaseline(dram = "1MiB")
        void grows() {
            PrivateServer.client().allocate(0, DRAM, 0x10_0000 + System.nanoTime(), 4096);
        }
    }

    @Test
    void it_is_the_same_with_its_report_after_it_was_serialized_and_read_back() throws Exception {
        FixtureRun run = SERVER.run(Leaking.class);

        for (FixtureRun.Result result : run.results()) {
            if (result.throwable().isPresent()) {
                DeviceMemoryLeakError leak = result.leak();
                DeviceMemoryLeakError back = readBack(leak);

                assertThat(back.report()).isEqualTo(leak.report());
                assertThat(back).hasMessage(leak.getMessage());
                assertThat(back.getExpected()).hasToString(leak.getExpected().toString());
                assertThat(back.getActual()).hasToString(leak.getActual().toString());
            }
        }
        assertThat(run.failed()).contains("leaks()", "grows()");
    }

    private static DeviceMemoryLeakError readBack(DeviceMemoryLeakError error)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (DeviceMemoryLeakError) in.readObject();
        }
    }
}
