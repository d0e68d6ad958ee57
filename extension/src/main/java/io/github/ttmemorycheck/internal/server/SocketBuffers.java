package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.util.OptionalLong;

/** How much a client can have sent that was not read: what the kernel lets its socket's buffer hold. */
final class SocketBuffers {

    /** Where the kernel does not say: twice of what the runtime's own client asks for, and room for one more event. */
    private static final long USUAL = 4L << 20;

    /**
     * Bytes read from one connection for one question. A bound, so that a client which never stops cannot hold it up
     * for ever; no less than a socket's buffer holds, so that whatever had been sent when it was asked is read.
     */
    static final long MOST = most();

    private SocketBuffers() {}

    /** Has the figure read, which takes a file, before no file can be opened. */
    static void load() {}

    /** Returns the most bytes; the kernel doubles what a program may ask for. */
    private static long most() {
        OptionalLong mostAsked = ProcFiles.ofThisSystem().limit("net/core/wmem_max");
        return mostAsked.isEmpty() ? USUAL : Math.max(USUAL / 4, 2 * mostAsked.getAsLong() + (64 << 10));
    }
}
