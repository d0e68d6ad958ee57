package io.github.ttmemorycheck.internal.message;

import static io.github.ttmemorycheck.internal.message.Reports.KIB;
import static io.github.ttmemorycheck.internal.message.Reports.MIB;
import static io.github.ttmemorycheck.internal.message.Reports.MILLI;

import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The reports whose whole texts are in files of the same names. */
final class ReportCases {

    static final int OWN_PROCESS = 9000;
    private static final CacheRelease TWO_PROGRAMS =
            new CacheRelease(1, 2, Reports.onEach(8, MemoryKind.DRAM, 36 * KIB), "");

    private ReportCases() {}

    static Set<String> names() {
        return reports().keySet();
    }

    static LeakReport named(String name) {
        return Objects.requireNonNull(reports().get(name), name);
    }

    private static Map<String, LeakReport> reports() {
        Map<String, LeakReport> reports = new TreeMap<>();
        reports.put("forgotten-tensor", forgottenTensor());
        reports.put("cache-not-cleared", cacheNotCleared());
        reports.put("whole-class", wholeClass());
        reports.put("several-kinds", severalKinds());
        reports.put("one-device", oneDevice());
        reports.put("64-devices-equal", manyDevices(true));
        reports.put("64-devices-different", manyDevices(false));
        reports.put("100000-buffers", manyBuffers());
        reports.put("odd-names", oddNames());
        reports.put("ended-process", endedProcess());
        reports.put("totals-only", totalsOnly());
        reports.put("no-device-found", noDeviceFound());
        reports.put("hidden-leak", hiddenLeak());
        reports.put("within-baseline", withinBaseline());
        reports.put("largest-figures", largestFigures());
        reports.put("forgotten-on-two-devices", forgottenOnTwoDevices());
        reports.put("trace-alive", traceAlive());
        reports.put("device-left-open", deviceLeftOpen());
        reports.put("freed-late", freedLate());
        reports.put("held-references", heldReferences());
        reports.put("unbalanced", unbalanced());
        reports.put("circular-buffers", circularBuffers());
        reports.put("weights", weights());
        reports.put("nearly-equal-figures", nearlyEqualFigures());
        reports.put("two-processes", twoProcesses());
        return reports;
    }

    private static LeakReport forgottenTensor() {
        Reports reports = Reports.of("LlamaTests.decode()");
        for (int device = 0; device < 8; device++) {
            long left = device == 3 ? 8 * MIB : 0;
            reports.finding(device, MemoryKind.DRAM, 12 * KIB, 12 * KIB + left, left, 0);
        }
        for (int device = 0; device < 8; device++) {
            if (device != 3) {
                reports.freed(device, MemoryKind.DRAM, 4 * MIB).freed(device, MemoryKind.DRAM, 4 * MIB);
            }
        }
        return reports.buffer(3, MemoryKind.DRAM, 0x0010a000, 4 * MIB, 12 * MILLI)
                .buffer(3, MemoryKind.DRAM, 0x0050a000, 4 * MIB, 14 * MILLI)
                .cache(TWO_PROGRAMS)
                .dump("target/tt-memory-check/LlamaTests.decode.dump.txt")
                .report();
    }

    private static LeakReport forgottenOnTwoDevices() {
        Reports reports = Reports.of("LlamaTests.decode()");
        for (int device = 0; device < 64; device++) {
            long left = device == 3 || device == 17 ? 6 * MIB : 0;
            reports.finding(device, MemoryKind.DRAM, 12 * KIB, 12 * KIB + left, left, 0);
            if (left == 0) {
                reports.freed(device, MemoryKind.DRAM, 4 * MIB).freed(device, MemoryKind.DRAM, 2 * MIB);
            }
        }
        for (int device : List.of(3, 17)) {
            reports.buffer(device, MemoryKind.DRAM, 0x0010a000, 4 * MIB, 12 * MILLI)
                    .buffer(device, MemoryKind.DRAM, 0x0050a000, 2 * MIB, 14 * MILLI);
        }
        return reports.report();
    }

    private static LeakReport traceAlive() {
        Reports reports = Reports.of("DecodeTests.replay()");
        for (int device = 0; device < 8; device++) {
            reports.left(device, MemoryKind.DRAM, 12 * KIB)
                    .left(device, MemoryKind.TRACE, 64 * KIB)
                    .buffer(device, MemoryKind.DRAM, 0x3ffff800, 12 * KIB, 3 * MILLI + device)
                    .buffer(device, MemoryKind.TRACE, 0x3fffd800, 64 * KIB, 9 * MILLI + device);
        }
        return reports.cache(new CacheRelease(
                        1,
                        1,
                        MemoryTotals.NONE,
                        "a captured trace is live (512 KiB of TRACE), and clearing the program cache under it is"
                                + " unsafe; release the trace in the test"))
                .report();
    }

    private static LeakReport deviceLeftOpen() {
        Reports reports = Reports.of("MatmulTests.matmul()");
        for (int device = 0; device < 8; device++) {
            reports.left(device, MemoryKind.DRAM, 12 * KIB)
                    .loaded(device, MemoryKind.DRAM, 0x3ffff800, 12 * KIB, 3 * MILLI + device);
        }
        return reports.left(0, MemoryKind.L1, 4 * KIB)
                .buffer(0, MemoryKind.L1, 0x18b20, 4 * KIB, 4 * MILLI)
                .cache(CacheRelease.NO_DEVICE)
                .report();
    }

    private static LeakReport freedLate() {
        return Reports.of("LlamaTests.decode()")
                .left(3, MemoryKind.DRAM, 4 * MIB)
                .left(4, MemoryKind.DRAM, 4 * MIB)
                .buffer(3, MemoryKind.DRAM, 0x400000, 4 * MIB, 2 * MILLI)
                .buffer(4, MemoryKind.DRAM, 0x400000, 4 * MIB, 2 * MILLI)
                .late(new LateFrees(4 * MIB, 0, 36 * KIB))
                .report();
    }

    private static LeakReport heldReferences() {
        return Reports.of("AttentionTests.heads()")
                .left(0, MemoryKind.DRAM, 512 * KIB)
                .buffer(0, MemoryKind.DRAM, 0x400000, 256 * KIB, 2 * MILLI, 3, 4711)
                .buffer(0, MemoryKind.DRAM, 0x440000, 256 * KIB, 2 * MILLI, 5, 4711)
                .report();
    }

    private static LeakReport unbalanced() {
        return Reports.of("MatmulTests.matmul()")
                .left(0, MemoryKind.DRAM, 24 * KIB)
                .loaded(0, MemoryKind.DRAM, 0x3ffff000, 24 * KIB, 3 * MILLI)
                .report();
    }

    private static LeakReport circularBuffers() {
        return Reports.of("MatmulTests.matmul()")
                .finding(0, MemoryKind.DRAM, 0, 0, 0, 0)
                .left(0, MemoryKind.L1, 8 * KIB)
                .buffer(0, MemoryKind.L1, 0x18b20, 4 * KIB, 3 * MILLI)
                .buffer(0, MemoryKind.L1, 0x19b20, 4 * KIB, 4 * MILLI)
                .seenBefore(0, 2)
                .report();
    }

    private static LeakReport weights() {
        Reports reports = Reports.of("LlamaTests.prefill()");
        for (int device = 0; device < 8; device++) {
            reports.left(device, MemoryKind.DRAM, 128 * MIB)
                    .buffer(device, MemoryKind.DRAM, 0x400000, 96 * MIB, 3 * MILLI + device)
                    .buffer(device, MemoryKind.DRAM, 0x6400000, 32 * MIB, 9 * MILLI + device);
        }
        return reports.report();
    }

    private static LeakReport nearlyEqualFigures() {
        return Reports.of("MatmulTests.matmul()")
                .finding(0, MemoryKind.DRAM, 8 * MIB * 1024, 8 * MIB * 1024 + 12 * KIB, 12 * KIB, 0)
                .finding(1, MemoryKind.DRAM, 12 * KIB, 12 * KIB + 8205 * KIB, 8205 * KIB, 8204 * KIB)
                .finding(2, MemoryKind.DRAM, 12 * KIB, 12 * KIB + 1, 1, 0)
                .buffer(0, MemoryKind.DRAM, 0x1000, 12 * KIB, MILLI)
                .buffer(1, MemoryKind.DRAM, 0x1000, 8205 * KIB, MILLI)
                .buffer(2, MemoryKind.DRAM, 0x1000, 1, MILLI)
                .report();
    }

    private static LeakReport twoProcesses() {
        return Reports.of("WorkerTests.decode()")
                .left(0, MemoryKind.DRAM, 12 * KIB)
                .left(1, MemoryKind.DRAM, 4 * MIB)
                .buffer(0, MemoryKind.DRAM, 0x1000, 8 * KIB, MILLI)
                .buffer(0, MemoryKind.DRAM, 0x3000, 4 * KIB, MILLI, 1, 812)
                .buffer(1, MemoryKind.DRAM, 0x1000, 4 * MIB, MILLI, 1, 99)
                .command(
                        812,
                        "python3 /home/tests/" + "models/demos/".repeat(10) + "worker.py --device-ids 0,1,2,3 (ours)")
                .ended(55, "", 2, Reports.onEach(1, MemoryKind.DRAM, 8 * KIB))
                .report();
    }

    private static LeakReport cacheNotCleared() {
        Reports reports = Reports.of("MatmulTests.matmul()");
        for (int device = 0; device < 8; device++) {
            reports.left(device, MemoryKind.DRAM, 36 * KIB);
            if (device == 0) {
                reports.finding(0, MemoryKind.L1, 0, 12 * KIB, 12 * KIB, 12 * KIB);
            }
        }
        for (int device = 0; device < 8; device++) {
            reports.buffer(device, MemoryKind.DRAM, 0x3ffff800, 12 * KIB, 3 * MILLI + device, 2, 4711);
        }
        for (int device = 0; device < 8; device++) {
            reports.buffer(device, MemoryKind.DRAM, 0x3ffff000, 24 * KIB, 9 * MILLI + device, 2, 4711);
        }
        return reports.buffer(0, MemoryKind.L1, 0x18b20, 12 * KIB, 9 * MILLI)
                .cache(
                        new CacheRelease(
                                1,
                                2,
                                MemoryTotals.NONE,
                                "MeshDevice.clearProgramCache() failed: java.lang.IllegalStateException: the last operation failed"))
                .report();
    }

    private static LeakReport wholeClass() {
        return Reports.ofClass("LlamaTests")
                .finding(0, MemoryKind.DRAM, 0, 12 * MIB, 8 * MIB, 0)
                .finding(1, MemoryKind.DRAM, 0, 0, 0, 0)
                .buffer(0, MemoryKind.DRAM, 0x1000, 8 * MIB, -5 * MILLI)
                .note("4 MiB of DRAM on device 0 were charged to decode() and are still live.")
                .report();
    }

    private static LeakReport severalKinds() {
        return Reports.of("TraceTests.replay(int) [3] layers=32")
                .left(0, MemoryKind.DRAM, 48 * KIB)
                .left(0, MemoryKind.L1, 12 * KIB)
                .left(0, MemoryKind.TRACE, 2 * MIB)
                .left(0, MemoryKind.CIRCULAR_BUFFER, 10 * KIB)
                .left(0, MemoryKind.KERNEL, 36 * KIB)
                .finding(1, MemoryKind.DRAM, 0, 40 * KIB, 40 * KIB, 36 * KIB)
                .finding(1, MemoryKind.L1, 0, 0, 0, 0)
                .buffer(0, MemoryKind.DRAM, 0x1000, 48 * KIB, 300_000)
                .buffer(1, MemoryKind.DRAM, 0x1000, 40 * KIB, 310_000, 1, 812)
                .buffer(0, MemoryKind.L1, 0x18b20, 12 * KIB, 400_000)
                .buffer(0, MemoryKind.TRACE, 0x7fff0000, 2 * MIB, 1_234 * MILLI)
                .buffer(0, MemoryKind.CIRCULAR_BUFFER, 0x18b20, 10 * KIB, 1_500 * MILLI)
                .buffer(0, MemoryKind.KERNEL, 42, 36 * KIB, 140_000 * MILLI)
                .command(812, "./ttnn_worker --mesh 2x4")
                .cache(new CacheRelease(2, 0, MemoryTotals.NONE, ""))
                .report();
    }

    private static LeakReport oneDevice() {
        return Reports.of("MatmulTests.add()")
                .finding(0, MemoryKind.DRAM, 0, 48 * KIB, 48 * KIB, 36 * KIB)
                .buffer(0, MemoryKind.DRAM, 0x3ffff800, 48 * KIB, 20_000, 1, OWN_PROCESS)
                .command(
                        OWN_PROCESS,
                        "/usr/lib/jvm/java-17-openjdk-amd64/bin/java -Xmx2g -cp target/test-classes:target/classes"
                                + " org.example.Main")
                .measured(new Measurement(
                        Duration.ofMillis(1500), 0, "the JVM ignores requests for it", "server, pid 99"))
                .report();
    }

    private static LeakReport manyDevices(boolean equal) {
        Reports reports = Reports.of("MeshTests.all()");
        for (int device = 0; device < 64; device++) {
            long size = (equal ? 1 : device + 1) * MIB;
            reports.left(device, MemoryKind.DRAM, size).buffer(device, MemoryKind.DRAM, 0x1000, size, device * MILLI);
        }
        return reports.report();
    }

    private static LeakReport manyBuffers() {
        Reports reports = Reports.of("KvCacheTests.fill()").left(0, MemoryKind.DRAM, 100_000 * 4 * KIB);
        for (int i = 0; i < 100_000; i++) {
            reports.buffer(0, MemoryKind.DRAM, 0x1000L + i * 4L * KIB, 4 * KIB, i * 100_000L);
        }
        return reports.report();
    }

    private static LeakReport oddNames() {
        String longName =
                "TokenizerTests.encodes(String) [7] text=100%s \"quoted\" %n\n\u0007\u001b[31mred \u202egnirts"
                        + " \u65e5\u672c\u8a9e\u3068\u0645\u0631\u062d\u0628\u0627 caf\u00e9";
        return Reports.of(longName)
                .left(0, MemoryKind.DRAM, 4 * KIB)
                .left(1, MemoryKind.L1, 4 * KIB)
                .buffer(0, MemoryKind.DRAM, -1L, 4 * KIB, MILLI)
                .buffer(1, MemoryKind.L1, 0x1_0000_0000L, 4 * KIB, MILLI, 1, 812)
                .command(4711, "python3 -c 'print(\"%d\")\nprint(2)'")
                .command(812, "/opt/\u65e5\u672c\u8a9e/" + "very/long/".repeat(20) + "worker.py")
                .note(
                        "50% of the note is %s,\nand it goes on for longer than a line can be, so that it has to be wrapped"
                                + " once or twice")
                .dump("target/tt-memory-check/" + "long-name-".repeat(10) + "%s.dump.txt")
                .report();
    }

    private static LeakReport endedProcess() {
        return Reports.of("WorkerTests.crash()")
                .left(1, MemoryKind.DRAM, 4 * KIB)
                .finding(0, MemoryKind.DRAM, 0, 0, 0, 0)
                .buffer(1, MemoryKind.DRAM, 0x1000, 4 * KIB, MILLI)
                .ended(812, "python3 worker.py", 3, Reports.onEach(1, MemoryKind.DRAM, 36 * KIB))
                .ended(813, "", 1, MemoryTotals.NONE)
                .ended(814, "python3 other.py", 0, Reports.onEach(1, MemoryKind.L1, 12 * KIB))
                .report();
    }

    private static LeakReport totalsOnly() {
        return Reports.of("LlamaTests.decode()")
                .left(0, MemoryKind.DRAM, 8 * MIB)
                .cache(new CacheRelease(1, 3, MemoryTotals.NONE, ""))
                .measured(new Measurement(Duration.ofSeconds(1), 1, "", "shared memory, /dev/shm"))
                .report();
    }

    private static LeakReport noDeviceFound() {
        return Reports.of("LlamaTests.decode()")
                .left(0, MemoryKind.DRAM, 36 * KIB)
                .left(1, MemoryKind.DRAM, 36 * KIB)
                .finding(2, MemoryKind.DRAM, 0, 0, 0, 0)
                .buffer(0, MemoryKind.DRAM, 0x3ffff000, 36 * KIB, MILLI)
                .buffer(1, MemoryKind.DRAM, 0x3ffff000, 36 * KIB, MILLI)
                .cache(CacheRelease.NO_DEVICE)
                .measured(new Measurement(Duration.ZERO, 0, "", "embedded tracker, /tmp/tt_allocation_server.sock"))
                .report();
    }

    private static LeakReport hiddenLeak() {
        return Reports.of("PoolTests.swap()")
                .finding(0, MemoryKind.DRAM, 8 * MIB, 8 * MIB, 8 * MIB, 0)
                .buffer(0, MemoryKind.DRAM, 0x1000, 8 * MIB, MILLI)
                .report();
    }

    private static LeakReport withinBaseline() {
        return Reports.of("MatmulTests.add()")
                .finding(0, MemoryKind.DRAM, 0, 0, 0, 0)
                .finding(0, MemoryKind.L1, 0, 12 * KIB, 12 * KIB, 12 * KIB)
                .buffer(0, MemoryKind.L1, 0x18b20, 12 * KIB, MILLI)
                .report();
    }

    private static LeakReport largestFigures() {
        Reports reports = Reports.of("WrongTests.sizes()");
        for (int device = 0; device < 64; device += 2) {
            reports.finding(
                    device, MemoryKind.CIRCULAR_BUFFER, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE, 1023);
            reports.buffer(device, MemoryKind.CIRCULAR_BUFFER, -2L, -1, 99_999 * MILLI, 1_000, device);
        }
        return reports.left(-5, MemoryKind.KERNEL, 1).report();
    }
}
