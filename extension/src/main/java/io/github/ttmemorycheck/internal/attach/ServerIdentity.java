package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.server.ProcFiles;
import io.github.ttmemorycheck.internal.wire.Generation;

/**
 * What is known of a server that answered.
 *
 * @param isPeer whether it is one of this library, with which {@code PeerProtocol} is spoken
 * @param generation the one of its messages
 * @param processId the process that listens, as the kernel knows it
 * @param command that process's command line, or an empty text
 */
public record ServerIdentity(boolean isPeer, Generation generation, int processId, String command) {

    static ServerIdentity of(boolean isPeer, Generation generation, int processId) {
        return new ServerIdentity(
                isPeer, generation, processId, ProcFiles.ofThisSystem().command(processId));
    }

    /** Returns for example {@code pid 812 (allocation_server_poc)}. */
    public String process() {
        return "pid " + processId + (command.isEmpty() ? "" : " (" + command + ")");
    }
}
