package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.report.Subject;
import java.util.List;
import java.util.Optional;

/**
 * What annotations, and code that registers the extension, state for a test or class. Every list begins with the most
 * specific.
 *
 * @param onMethod baselines of the test method
 * @param onClasses baselines of its classes
 * @param onThisClass those of them that stand on the very class
 * @param waivers the known leaks
 */
public record Stated(
        CheckAttributes attributes,
        List<BaselineLevel> onMethod,
        List<BaselineLevel> onClasses,
        List<BaselineLevel> onThisClass,
        List<Waiver> waivers) {

    Stated clearingAfterEach() {
        CheckAttributes cold = new CheckAttributes(
                attributes.devices(), attributes.warmups(), attributes.growthTolerance(), Optional.of(false));
        return new Stated(cold, onMethod, onClasses, onThisClass, waivers);
    }

    /** Returns the waivers that stand on the test method. */
    List<Waiver> methodWaivers() {
        return waivers.stream().filter(waiver -> waiver.place().isOnMethod()).toList();
    }

    /** Returns the waivers that stand on a very class. */
    List<Waiver> classWaivers(Subject type) {
        TestPlace place = TestPlace.of(type);
        return waivers.stream().filter(waiver -> waiver.place().equals(place)).toList();
    }
}
