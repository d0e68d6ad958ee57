package io.github.ttmemorycheck.internal.sites;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The innermost frames of the code that called the binding which reports. They are all that is read of a stack. */
final class CallingFrames {

    /** Further frames distinguish more places, and each takes its share of every allocation. */
    static final int KEPT = 4;

    /** Where the binding is not left within these, the test is taken to be a part of it. */
    static final int LOOKED_AT = 32;

    /** Frames read at once, two of them the walker's own: enough as a rule, and a second read doubles the time. */
    private static final int READ_AT_ONCE = 12;

    private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), READ_AT_ONCE);

    private CallingFrames() {}

    /** Returns the frames of the calling thread, the innermost first; none when only the JDK called the binding. */
    static AllocationSite find() {
        return new AllocationSite(WALKER.walk(CallingFrames::choose));
    }

    private static List<StackTraceElement> choose(Stream<StackFrame> stack) {
        Iterator<StackFrame> frames = stack.iterator();
        String client = client(frames);
        String binding = null;
        List<StackFrame> ofBinding = new ArrayList<>(KEPT + 1);
        List<StackFrame> outside = new ArrayList<>(KEPT);
        for (int i = 0; i < LOOKED_AT && outside.size() < KEPT && frames.hasNext(); i++) {
            StackFrame frame = frames.next();
            String type = frame.getClassName();
            if (type.startsWith("org.junit.")) {
                break;
            }
            if (type.startsWith("java.") || type.startsWith("jdk.") || type.equals(client)) {
                continue;
            }
            if (binding == null) {
                binding = type;
            }
            if (!outside.isEmpty() || !isOfOnePackage(type, binding)) {
                outside.add(frame);
            } else if (ofBinding.size() <= KEPT) {
                ofBinding.add(frame);
            }
        }
        return elements(outside.isEmpty() ? withoutReporter(ofBinding) : outside);
    }

    /** Returns the class that reports for the binding: the first that is not of this package. */
    private static String client(Iterator<StackFrame> frames) {
        String own = CallingFrames.class.getName();
        String record = AllocationSites.class.getName();
        String type = own;
        while (frames.hasNext() && (type.equals(own) || type.equals(record))) {
            type = frames.next().getClassName();
        }
        return type;
    }

    /** A test in the package of its binding: all that can be left out is the frame that reported. */
    private static List<StackFrame> withoutReporter(List<StackFrame> ofBinding) {
        return ofBinding.size() > 1 ? ofBinding.subList(1, ofBinding.size()) : ofBinding;
    }

    /** Takes no class along, so that what is kept holds no class loader. */
    private static List<StackTraceElement> elements(List<StackFrame> frames) {
        StackTraceElement[] elements = new StackTraceElement[frames.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = frames.get(i).toStackTraceElement();
        }
        return List.of(elements);
    }

    private static boolean isOfOnePackage(String type, String other) {
        int end = type.lastIndexOf('.');
        return end == other.lastIndexOf('.') && type.regionMatches(0, other, 0, Math.max(0, end));
    }
}
