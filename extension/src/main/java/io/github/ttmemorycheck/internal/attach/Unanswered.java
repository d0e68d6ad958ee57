package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.snapshot.TrackerException;

/** Says what to do when a server does not answer. */
final class Unanswered {

    static final String OTHER_SERVER =
            "start the server again, or drop tt.memory.check.tracker=server and use the embedded one, which runs in the JVM of"
                    + " the tests";
    static final String OTHER_JVM =
            "give each JVM of tests a socket of its own (tt.memory.check.socket), or start AllocationServer"
                    + " as a program that outlives them all";

    private Unanswered() {}

    static TrackerException because(UnansweredException e, String remedy) {
        return new TrackerException(String.valueOf(e.getMessage()), e.asked(), e.found(), remedy, e);
    }
}
