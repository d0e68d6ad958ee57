/**
 * A JUnit extension that fails a test which leaves Tenstorrent device memory behind, and says what, where and why.
 *
 * <p>A module that implements {@code TtDevice}, or reports through {@code AllocationClient}, needs no JUnit: all of
 * JUnit is optional, and a module of tests requires it itself. For that the listener of the launcher is registered on
 * the class path alone, since a module cannot provide a service whose interface may be missing.
 *
 * @uses io.github.ttmemorycheck.device.TtDeviceProvider to find devices that no field of a test class holds
 */
module io.github.ttmemorycheck {
    // Nothing refers to it: it holds the native library of the sockets, which is not found in a module that nobody
    // requires.
    requires com.kohlschutter.junixsocket.nativecommon;
    requires java.management;
    requires jdk.management;
    requires jdk.net;
    requires org.newsclub.net.unix;
    requires org.slf4j;
    requires static org.apiguardian.api;
    requires static org.assertj.core;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;
    requires static org.junit.platform.launcher;
    requires static org.opentest4j;

    exports io.github.ttmemorycheck.assertj;
    exports io.github.ttmemorycheck.client;
    exports io.github.ttmemorycheck.device;
    // JUnit makes the lock that @TtMemoryCheck names.
    exports io.github.ttmemorycheck.internal.jupiter to
            org.junit.platform.commons;
    exports io.github.ttmemorycheck.report;
    exports io.github.ttmemorycheck.snapshot;
    exports io.github.ttmemorycheck.tracker;
    exports io.github.ttmemorycheck;

    uses io.github.ttmemorycheck.device.TtDeviceProvider;
}
