package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;

/** Events as a client of this process sends them. */
public final class Events {

    public static final int SELF = (int) ProcessHandle.current().pid();

    private static final List<MemoryKind> SUBTYPES =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    private Events() {}

    public static ClientMessage alloc(int device, MemoryKind kind, long address, long size) {
        return alloc(device, kind, address, size, SELF);
    }

    public static ClientMessage alloc(int device, MemoryKind kind, long address, long size, int pid) {
        return new ClientMessage(MessageType.ALLOC, device, size, SUBTYPES.indexOf(kind), pid, address, 1);
    }

    public static ClientMessage free(int device, long address) {
        return sized(MessageType.FREE, device, address, 0);
    }

    /** A circular buffer's or a kernel's event. */
    public static ClientMessage sized(MessageType type, int device, long id, long size) {
        return new ClientMessage(type, device, size, 0, SELF, id, 0);
    }

    public static ClientMessage query(int device) {
        return ClientMessage.request(MessageType.QUERY, device);
    }
}
