/**
 * A JUnit extension that fails a test which leaves Tenstorrent device memory behind, and says what, where and why.
 *
 * @uses io.github.ttmemorycheck.device.TtDeviceProvider to find devices that no field of a test class holds
 * @provides org.junit.platform.launcher.TestExecutionListener to refuse settings that do not exist, and to tell the tests of
 *     the launcher from those of a test kit
 * @provides org.junit.platform.launcher.LauncherSessionListener to write the report of the run at its end
 */
module io.github.ttmemorycheck {
    requires java.management;
    requires jdk.management;
    requires jdk.net;
    requires org.newsclub.net.unix;
    requires org.slf4j;
    requires static org.apiguardian.api;
    requires static org.assertj.core;
    requires static org.jspecify;
    requires static org.junit.platform.launcher;
    requires static transitive org.junit.jupiter.api;
    requires static transitive org.opentest4j;

    exports io.github.ttmemorycheck.assertj;
    exports io.github.ttmemorycheck.client;
    exports io.github.ttmemorycheck.device;
    exports io.github.ttmemorycheck.report;
    exports io.github.ttmemorycheck.snapshot;
    exports io.github.ttmemorycheck.tracker;
    exports io.github.ttmemorycheck;

    provides org.junit.platform.launcher.LauncherSessionListener with
            io.github.ttmemorycheck.RunReportListener;
    provides org.junit.platform.launcher.TestExecutionListener with
            io.github.ttmemorycheck.ConfigurationNames,
            io.github.ttmemorycheck.RunReportListener;

    uses io.github.ttmemorycheck.device.TtDeviceProvider;
}
