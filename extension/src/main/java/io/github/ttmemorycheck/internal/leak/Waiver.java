package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A leak that is known and may pass, within limits.
 *
 * @param place the class or method that it is stated on
 * @param device the device it is for, or {@link Baseline#ALL_DEVICES}
 * @param reason why it may pass
 * @param issue where it is tracked, or empty
 * @param max how many bytes may leak on each device, all kinds together; empty for any amount
 * @param until the last day on which it may pass; empty for any day
 */
public record Waiver(
        TestPlace place, int device, String reason, String issue, OptionalLong max, Optional<LocalDate> until) {

    /** Checks that there is a reason. */
    public Waiver {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("the reason must be stated, and it is blank");
        }
    }

    /** Returns whether a finding is a leak on the device of this waiver. */
    public boolean isAbout(Finding finding) {
        return finding.verdict() == Verdict.LEAKED && (device == Baseline.ALL_DEVICES || device == finding.device());
    }

    /**
     * Returns why the waiver does not let these leaks pass, or null when it does.
     *
     * @param leaks findings that it is about, at least one
     * @param today the day it is
     */
    @Nullable
    String objection(List<Finding> leaks, LocalDate today) {
        if (until.isPresent() && today.isAfter(until.get())) {
            return "the known leak was allowed until " + until.get() + ", and that is past; state a later day if it may"
                    + " stay: " + this;
        }
        for (Finding leak : max.isPresent() ? leaks : List.<Finding>of()) {
            long sum = ByteSize.sum(leaks.stream()
                    .filter(other -> other.device() == leak.device())
                    .mapToLong(Finding::left));
            if (sum > max.getAsLong()) {
                return "the known leak has grown: " + ByteSize.format(sum) + " on device " + leak.device() + ", where "
                        + ByteSize.format(max.getAsLong()) + " were known; state max = \""
                        + new ByteSize(sum).exact() + "\" if that may pass too: " + this;
            }
        }
        return null;
    }

    /** Writes the code of the annotation that states this waiver. */
    public String annotation() {
        return Stream.of(
                        device == Baseline.ALL_DEVICES ? "" : "device = " + device,
                        max.isPresent() ? "max = \"" + new ByteSize(max.getAsLong()).exact() + "\"" : "",
                        until.map(day -> "until = \"" + day + "\"").orElse(""),
                        issue.isEmpty() ? "" : "issue = " + quoted(issue),
                        "reason = " + quoted(reason))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", ", "@KnownLeak(", ")"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Writes the waiver as it is annotated, and where. */
    @Override
    public String toString() {
        return annotation() + " on " + place;
    }
}
