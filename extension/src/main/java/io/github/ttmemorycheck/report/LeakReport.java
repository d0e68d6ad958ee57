package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Everything known about one judgement, from which its texts are made.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param subject what was judged
 * @param startedAtNanos when it began, on the clock of {@link System#nanoTime()}
 * @param findings what was found, a finding for each device and kind, devices ascending
 * @param buffers the buffers left that are charged to the subject, in the order of their allocation; empty where
 *     buffers are not known
 * @param commands the command line of each process that owns one of the buffers, where it could be found
 * @param ended processes that ended meanwhile without freeing what they held
 * @param cache what the program cache held and what became of it
 * @param notes further facts, a sentence each, in the order of their weight
 * @param diagnoses what it probably is, the strongest first
 * @param fingerprint the same for the same leak in every run, a few hexadecimal digits; empty where nothing leaked
 * @param measurement how it was measured
 * @param dump the path of the dump of all live buffers; empty where none was written
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record LeakReport(
        Subject subject,
        long startedAtNanos,
        List<Finding> findings,
        List<DeviceBuffer> buffers,
        Map<Integer, String> commands,
        List<EndedProcess> ended,
        CacheRelease cache,
        List<String> notes,
        List<Diagnosis> diagnoses,
        String fingerprint,
        Measurement measurement,
        String dump)
        implements Serializable {

    /** Copies the collections. */
    @API(status = INTERNAL)
    public LeakReport {
        Objects.requireNonNull(subject, "subject");
        findings = List.copyOf(findings);
        buffers = List.copyOf(buffers);
        commands = Map.copyOf(commands);
        ended = List.copyOf(ended);
        Objects.requireNonNull(cache, "cache");
        notes = List.copyOf(notes);
        diagnoses = List.copyOf(diagnoses);
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(measurement, "measurement");
        Objects.requireNonNull(dump, "dump");
    }

    /**
     * {@return a copy with other buffers}
     *
     * @param some the buffers
     */
    public LeakReport withBuffers(List<DeviceBuffer> some) {
        return new LeakReport(
                subject,
                startedAtNanos,
                findings,
                some,
                commands,
                ended,
                cache,
                notes,
                diagnoses,
                fingerprint,
                measurement,
                dump);
    }

    /** {@return whether the subject fails, as it does when a finding does} */
    public boolean fails() {
        return findings.stream().anyMatch(finding -> finding.verdict().fails());
    }
}
