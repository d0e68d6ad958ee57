package io.github.ttmemorycheck.internal.server;

/**
 * One process as one connection speaks for it: a session. A process that says goodbye and connects again is another
 * sender. What it allocates belongs to the process; that the connection has ended matters when an address is given
 * again.
 */
final class Sender {

    private final TrackedProcess process;
    private boolean disconnected;

    Sender(TrackedProcess process) {
        this.process = process;
        process.connected();
    }

    TrackedProcess process() {
        return process;
    }

    boolean isDisconnected() {
        return disconnected;
    }

    void disconnect() {
        disconnected = true;
        process.disconnected();
    }

    /**
     * Returns whether what this sender allocated at an address is gone when a later one of the process is given the
     * address: the device was closed or reset in between, since an allocator in use gives no address twice.
     */
    @SuppressWarnings("ReferenceEquality") // one object for each session
    boolean isFollowedBy(Sender later) {
        return disconnected && later != this;
    }
}
