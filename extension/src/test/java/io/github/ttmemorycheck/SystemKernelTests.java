package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kernels that a runtime loads when it opens a device, which no Java client reports. */
@Timeout(60)
class SystemKernelTests {

    private static final int APPLICATION = 0;
    private static final int FABRIC = 1;
    private static final int DISPATCH = 2;
    private static final int OWN_PROCESS =
            Math.toIntExact(ProcessHandle.current().pid());

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static @Nullable SocketChannel runtime;

    @BeforeAll
    static void connect() throws IOException {
        runtime = SocketChannel.open(StandardProtocolFamily.UNIX);
        runtime.connect(UnixDomainSocketAddress.of(SERVER.server().socket()));
    }

    @AfterAll
    static void close() throws IOException {
        Objects.requireNonNull(runtime).close();
    }

    private static void kernel(MessageType type, int kernelType, long program) throws IOException {
        ByteBuffer message = ByteBuffer.wrap(MessageWriter.write(
                new ClientMessage(type, 0, 12 * 1024, kernelType, OWN_PROCESS, program, 0), Generation.G4));
        while (message.hasRemaining()) {
            Objects.requireNonNull(runtime).write(message);
        }
    }

    @TtMemoryCheck
    static class OpensTheDevice {

        @Test
        void opens() throws IOException {
            kernel(MessageType.KERNEL_LOAD, FABRIC, 1);
            kernel(MessageType.KERNEL_LOAD, DISPATCH, 2);
        }

        @AfterAll
        static void closes() throws IOException {
            kernel(MessageType.KERNEL_UNLOAD, APPLICATION, 1);
            kernel(MessageType.KERNEL_UNLOAD, APPLICATION, 2);
        }
    }

    @Test
    void kernels_of_the_system_are_said_to_stay_until_the_device_is_closed() {
        DeviceMemoryLeakError error =
                SERVER.run(OpensTheDevice.class).of("opens()").leak();

        assertThat(error.getMessage())
                .contains(
                        "to fix:   close the device: these are kernels of the system, they stay until the device is closed")
                .contains("system program 1", "system program 2")
                .doesNotContain("clear the program cache", "program cache be cleared", "make the device known");
        assertThat(error.report().buffers()).hasSize(2).allMatch(DeviceBuffer::ofSystem);
    }

    @TtMemoryCheck
    static class RunsAProgramToo {

        @Test
        void runs() throws IOException {
            kernel(MessageType.KERNEL_LOAD, FABRIC, 1);
            kernel(MessageType.KERNEL_LOAD, DISPATCH, 2);
            kernel(MessageType.KERNEL_LOAD, APPLICATION, 2);
        }

        @AfterAll
        static void closes() throws IOException {
            kernel(MessageType.KERNEL_UNLOAD, APPLICATION, 1);
            kernel(MessageType.KERNEL_UNLOAD, APPLICATION, 2);
            kernel(MessageType.KERNEL_UNLOAD, APPLICATION, 2);
        }
    }

    @Test
    void a_number_that_an_application_uses_too_is_its_own() {
        DeviceMemoryLeakError error =
                SERVER.run(RunsAProgramToo.class).of("runs()").leak();

        assertThat(error.report().buffers()).extracting(DeviceBuffer::ofSystem).containsExactly(true, false);
        assertThat(error.getMessage()).contains("clear the program cache, or close the device");
    }
}
