package io.github.ttmemorycheck.internal.wire;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class TrackerSocket {

    /** Where the runtime's own client connects, which is built into it. */
    public static final Path DEFAULT = Path.of("/tmp/tt_allocation_server.sock");

    /**
     * The longest path that every program here can use, in bytes: the kernel takes 107, some clients end theirs with a
     * zero byte, and junixsocket misbehaves with some that are longer.
     */
    public static final int LONGEST_PATH = 106;

    private TrackerSocket() {}

    public static int lengthOf(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
