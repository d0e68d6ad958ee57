package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A leak that is known and may pass, within limits.
 *
 * @param className the binary name of the class that it is stated on, or that has the method
 * @param method the method that it is stated on, for example {@code decode()}; empty where it is stated on the class
 * @param device the device it is for, or {@link Baseline#ALL_DEVICES}
 * @param reason why it may pass
 * @param issue where it is tracked, or empty
 * @param max how many bytes may leak on each device, all kinds together; empty for any amount
 * @param until the last day on which it may pass; empty for any day
 */
public record Waiver(
        String className,
        String method,
        int device,
        String reason,
        String issue,
        OptionalLong max,
        Optional<LocalDate> until) {

    /**
     * Checks that there is a reason.
     *
     * @param className as the component says
     * @param method as the component says
     * @param device as the component says
     * @param reason as the component says
     * @param issue as the component says
     * @param max as the component says
     * @param until as the component says
     */
    public Waiver {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(issue, "issue");
        Objects.requireNonNull(max, "max");
        Objects.requireNonNull(until, "until");
        if (reason.isBlank()) {
            throw new IllegalArgumentException("the reason must be stated, and it is blank");
        }
    }

    /** Returns where it is stated, for example {@code LlamaTests.decode()}. */
    public String place() {
        return Subject.classNameWithoutPackage(className) + (method.isEmpty() ? "" : "." + method);
    }

    /**
     * Tells whether a finding is a leak that this waiver is about.
     *
     * @param finding the finding
     * @return true for a leak on the device
     */
    public boolean isAbout(Finding finding) {
        return finding.verdict() == Verdict.LEAKED && (device == Baseline.ALL_DEVICES || device == finding.device());
    }

    /**
     * Says what keeps the waiver from letting these leaks pass.
     *
     * @param leaks findings that it is about, at least one
     * @param today the day it is
     * @return why it does not apply, or null when it does
     */
    public @Nullable String objection(List<Finding> leaks, LocalDate today) {
        if (until.isPresent() && today.isAfter(until.get())) {
            return "the known leak was allowed until " + until.get() + ", and that is past; state a later day if it may"
                    + " stay: " + this;
        }
        if (max.isPresent()) {
            for (Finding leak : leaks) {
                long sum = leaks.stream()
                        .filter(other -> other.device() == leak.device())
                        .mapToLong(Finding::left)
                        .sum();
                if (sum > max.getAsLong()) {
                    return "the known leak has grown: " + ByteSize.format(sum) + " on device " + leak.device()
                            + ", where " + ByteSize.format(max.getAsLong()) + " were known; state max = \""
                            + new ByteSize(sum).exact()
                            + "\" if that may pass too: " + this;
                }
            }
        }
        return null;
    }

    /**
     * Writes the waiver as it is annotated.
     *
     * @return the code of the annotation
     */
    public String annotation() {
        return List.of(
                        device == Baseline.ALL_DEVICES ? "" : "device = " + device,
                        max.isPresent() ? "max = \"" + new ByteSize(max.getAsLong()).exact() + "\"" : "",
                        until.map(day -> "until = \"" + day + "\"").orElse(""),
                        issue.isEmpty() ? "" : "issue = " + quoted(issue),
                        "reason = " + quoted(reason))
                .stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", ", "@KnownLeak(", ")"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Writes the waiver as it is annotated, and where. */
    @Override
    public String toString() {
        return annotation() + " on " + place();
    }
}
