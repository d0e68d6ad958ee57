package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.Waiver;
import java.util.List;

/**
 * What annotations, and code that registers the extension, state for a test or class.
 *
 * @param attributes the attributes of the check
 * @param onMethod baselines of the test method, the most specific first
 * @param onClasses baselines of its classes, the most specific first
 * @param onThisClass those of them that stand on the very class
 * @param waivers the known leaks, the most specific first
 * @param methodWaivers those of them that stand on the test method
 * @param classWaivers those of them that stand on the very class
 */
public record Stated(
        CheckAttributes attributes,
        List<BaselineLevel> onMethod,
        List<BaselineLevel> onClasses,
        List<BaselineLevel> onThisClass,
        List<Waiver> waivers,
        List<Waiver> methodWaivers,
        List<Waiver> classWaivers) {

    /** Copies the lists. */
    public Stated {
        onMethod = List.copyOf(onMethod);
        onClasses = List.copyOf(onClasses);
        onThisClass = List.copyOf(onThisClass);
        waivers = List.copyOf(waivers);
        methodWaivers = List.copyOf(methodWaivers);
        classWaivers = List.copyOf(classWaivers);
    }
}
