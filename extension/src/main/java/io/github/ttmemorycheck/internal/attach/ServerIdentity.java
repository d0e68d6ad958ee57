package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.wire.Generation;
import java.net.SocketTimeoutException;

/**
 * What is known of a server that answered.
 *
 * @param isPeer whether it is one of this library, with which {@code PeerProtocol} is spoken
 * @param generation the one of its messages
 * @param processId the process that listens, as the kernel knows it
 * @param command that process's command line in at most 60 characters, its program without directory, or an empty text
 */
record ServerIdentity(boolean isPeer, Generation generation, int processId, String command) {

    private static final int LONGEST = 60;

    static ServerIdentity of(boolean isPeer, Generation generation, int processId) {
        String line = ProcFiles.ofThisSystem().command(processId);
        int end = line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ');
        String command = line.substring(line.lastIndexOf('/', end - 1) + 1);
        String brief = command.length() <= LONGEST ? command : command.substring(0, LONGEST - 3) + "...";
        return new ServerIdentity(isPeer, generation, processId, brief);
    }

    /** Returns for example {@code pid 812 (allocation_server_poc)}. */
    String process() {
        return "pid " + processId + (command.isEmpty() ? "" : " (" + command + ")");
    }

    /** Says what has become of the process that gave no answer. */
    String fate(Exception failure) {
        boolean alive = ProcessHandle.of(processId).map(ProcessHandle::isAlive).orElse(false);
        return process() + (alive ? ": " + said(failure) : ", which has ended");
    }

    /** Says what a server did in place of an answer. */
    static String said(Exception failure) {
        return failure instanceof SocketTimeoutException
                ? "it lives, and says nothing"
                : String.valueOf(failure.getMessage());
    }
}
