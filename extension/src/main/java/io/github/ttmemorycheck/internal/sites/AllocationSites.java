package io.github.ttmemorycheck.internal.sites;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records where Java code of this JVM allocated the device memory that is live: the first frames above the binding that
 * reports through an allocation client. All clients share one record, as a failure message does not know who reported.
 *
 * <p>Off by default, and then an allocation costs one read of a field more. On, each allocation walks its stack.
 * Thread-safe.
 */
public final class AllocationSites {

    private static final int FRAMES = 3;
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Map<Place, Site> SITES = new ConcurrentHashMap<>();

    private static volatile boolean recording;

    /** What a free names: an address, which buffers, circular buffers and kernels number apart. */
    private record Place(int device, NumberSpace space, long address) {}

    private record Site(String frames, int references) {}

    private AllocationSites() {}

    /** Turns the recording on or off; what was recorded stays until it is freed. */
    public static void record(boolean on) {
        recording = on;
    }

    /**
     * Returns where a live buffer of this JVM was allocated first: up to three frames, the innermost first, for example
     * {@code LlamaTests.decode(LlamaTests.java:42) < ...}. Empty when it was not recorded.
     */
    public static Optional<String> find(DeviceBuffer buffer) {
        return Optional.ofNullable(
                        SITES.get(new Place(buffer.device(), NumberSpace.of(buffer.kind()), buffer.address())))
                .map(Site::frames);
    }

    /** Records the calling stack for an allocation; a further reference keeps the stack of the first. */
    public static void allocated(int device, MemoryKind kind, long address) {
        if (recording) {
            String frames = frames();
            SITES.merge(
                    new Place(device, NumberSpace.of(kind), address),
                    new Site(frames, 1),
                    (first, again) -> new Site(first.frames(), first.references() + 1));
        }
    }

    /** Forgets the stack with the last reference. */
    public static void freed(int device, MemoryKind kind, long address) {
        if (!SITES.isEmpty()) {
            SITES.computeIfPresent(
                    new Place(device, NumberSpace.of(kind), address),
                    (place, site) -> site.references() == 1 ? null : new Site(site.frames(), site.references() - 1));
        }
    }

    private static String frames() {
        List<StackTraceElement> stack = WALKER.walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                .takeWhile(frame -> !isRunner(frame))
                .toList());
        List<StackTraceElement> client = callersOf(stack);
        List<StackTraceElement> binding = callersOf(client);
        if (binding.isEmpty()) {
            return "unknown code";
        }
        List<StackTraceElement> outside = callersOf(binding);
        // A test in the package of its binding: all that can be left out is the frame that reported.
        Stream<StackTraceElement> shown =
                outside.isEmpty() ? binding.stream().skip(Math.min(1, binding.size() - 1)) : outside.stream();
        return shown.limit(FRAMES).map(AllocationSites::name).collect(Collectors.joining(" < "));
    }

    /** Leaves out the innermost frames that are of one package. */
    private static List<StackTraceElement> callersOf(List<StackTraceElement> stack) {
        return stack.stream()
                .dropWhile(frame -> packageOf(frame).equals(packageOf(stack.get(0))))
                .toList();
    }

    private static boolean isRunner(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("org.junit.")
                || type.startsWith("java.lang.reflect.")
                || type.startsWith("jdk.internal.");
    }

    private static String packageOf(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }
}
