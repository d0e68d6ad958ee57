package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A short name for a leak, by which it is known again in another run.
 *
 * <p>It is made from what belongs to the leak itself: the test or class, and for each kind of memory that fails how
 * much is left on a device, or how much each repetition adds at least. It leaves out what differs from run to run or
 * from machine to machine: addresses, processes, times, the numbers and the number of the devices (which devices a
 * tracker has seen depends on the tests before), how many repetitions ran, the tracker, the baseline, and the
 * diagnosis, which gets better with time. Amounts are in, since a second leak in the same test must not pass for the
 * first; a leak whose amount changes is a new one.
 */
public final class Fingerprint {

    /** Three bytes: two of a thousand leaks are alike with a probability of 3 in 100. */
    private static final int BYTES = 3;

    private Fingerprint() {}

    /**
     * Makes the fingerprint of a leak: six hexadecimal digits; empty when nothing leaked.
     */
    public static String of(Subject subject, Evidence evidence) {
        if (!evidence.isOfALeak()) {
            return "";
        }
        StringBuilder leak =
                new StringBuilder(subject.qualifiedName()).append(evidence.wholeClass() ? "\nclass" : "\ntest");
        if (evidence.grown().isEmpty()) {
            for (MemoryKind kind : evidence.failingKinds()) {
                leak.append("\nleft ").append(kind).append(amounts(evidence.failing(kind), Finding::left));
            }
        } else {
            for (MemoryKind kind : MemoryKind.values()) {
                List<GrowthFinding> grown = evidence.grownMemory().stream()
                        .filter(growth -> growth.pool().kind() == kind)
                        .toList();
                if (!grown.isEmpty()) {
                    leak.append("\ngrew ").append(kind).append(amounts(grown, GrowthFinding::least));
                }
            }
            if (evidence.newPrograms().isPresent()) {
                leak.append("\ngrew programs");
            }
        }
        return hex(leak.toString());
    }

    private static <T> String amounts(Collection<T> of, ToLongFunction<T> amount) {
        return of.stream()
                .map(amount::applyAsLong)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static String hex(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
