package io.github.ttmemorycheck.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much a client can have sent that was not read: what the kernel lets its socket's buffer hold. */
final class SocketBuffers {

    private static final Path MOST_ASKED = Path.of("/proc/sys/net/core/wmem_max");

    /** Where the kernel does not say: twice of what the runtime's own client asks for, and room for one more event. */
    private static final long USUAL = 4L << 20;

    private SocketBuffers() {}

    /** Returns the most bytes; the kernel doubles what a program may ask for. */
    static long most() {
        try {
            return Math.max(
                    USUAL / 4, 2 * Long.parseLong(Files.readString(MOST_ASKED).strip()) + (64 << 10));
        } catch (IOException | NumberFormatException notSaid) {
            return USUAL;
        }
    }
}
