package io.github.ttmemorycheck.internal.jupiter;

import java.util.regex.Pattern;
import org.junit.platform.engine.discovery.IterationSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/** Finds out whether a request of the launcher selects single invocations of a test, or single dynamic tests. */
final class PickedInvocations {

    private static final Pattern DYNAMIC = Pattern.compile(".*-invocation|dynamic-.*");

    private PickedInvocations() {}

    static boolean areIn(LauncherDiscoveryRequest request) {
        return !request.getSelectorsByType(IterationSelector.class).isEmpty()
                || request.getSelectorsByType(UniqueIdSelector.class).stream()
                        .flatMap(selector -> selector.getUniqueId().getSegments().stream())
                        .anyMatch(segment -> DYNAMIC.matcher(segment.getType()).matches());
    }
}
