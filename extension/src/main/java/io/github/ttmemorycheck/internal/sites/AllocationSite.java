package io.github.ttmemorycheck.internal.sites;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A place in Java code that allocates.
 *
 * @param frames the code that called the binding, the innermost frame first; empty where no code but the binding's is
 *     on the stack
 */
public record AllocationSite(List<StackTraceElement> frames) {

    /** Returns the place in one line, for example {@code LlamaTests.decode(LlamaTests.java:42) < ...}. */
    public String text() {
        return frames.isEmpty()
                ? "unknown code"
                : frames.stream().map(AllocationSite::text).collect(Collectors.joining(" < "));
    }

    private static String text(StackTraceElement frame) {
        String type = frame.getClassName();
        String file = frame.getFileName();
        return type.substring(type.lastIndexOf('.') + 1)
                + "." + frame.getMethodName()
                + "(" + (file == null ? "unknown source" : file)
                + (file == null || frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber()) + ")";
    }
}
