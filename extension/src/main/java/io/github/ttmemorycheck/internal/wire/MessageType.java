package io.github.ttmemorycheck.internal.wire;

import org.jspecify.annotations.Nullable;

/** The types of messages, with their number on the wire and the generation that introduced them. */
public enum MessageType {
    ALLOC(1, Generation.G1),
    FREE(2, Generation.G1),
    QUERY(3, Generation.G1),
    RESPONSE(4, Generation.G1),
    DUMP_REMAINING(5, Generation.G1),
    DEVICE_INFO_QUERY(6, Generation.G2),
    DEVICE_INFO_RESPONSE(7, Generation.G2),
    CB_ALLOC(8, Generation.G3),
    CB_FREE(9, Generation.G3),
    KERNEL_LOAD(10, Generation.G3),
    KERNEL_UNLOAD(11, Generation.G3),
    DUMP_KERNELS(12, Generation.G3);

    private static final MessageType[] BY_CODE = values();

    private final int code;
    private final Generation since;

    MessageType(int code, Generation since) {
        this.code = code;
        this.since = since;
    }

    public int code() {
        return code;
    }

    public Generation since() {
        return since;
    }

    /** Returns whether a client sends it and waits for an answer. */
    public boolean isRequest() {
        return this == QUERY || this == DEVICE_INFO_QUERY;
    }

    /** Returns whether only a server sends it. */
    public boolean isAnswer() {
        return this == RESPONSE || this == DEVICE_INFO_RESPONSE;
    }

    public static @Nullable MessageType byCode(int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
    }
}
