package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A process ended while it held memory. That memory is no leak, but whoever worked with the process may have been cut
 * short.
 */
final class ProcessEnded implements DiagnosisRule {

    private static final int OWNERS = 3;

    @Override
    public String name() {
        return "process-ended";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        if (evidence.ended().isEmpty()) {
            return Optional.empty();
        }
        EndedProcess first = evidence.ended().get(0);
        int others = evidence.ended().size() - 1;
        return Optional.of(new Diagnosis(
                name(),
                "a process ended before it had freed what it held",
                "Process " + first.processId() + " held " + held(evidence, first) + " when it ended"
                        + (others == 0 ? "" : ", and " + Wording.count(others, "more process") + " ended like that")
                        + "."
                        + survivors(evidence),
                List.of("find out why the process ended; have it close its device first")));
    }

    private static String held(Evidence evidence, EndedProcess process) {
        if (process.buffers() > 0) {
            return Wording.count(process.buffers(), "buffer");
        }
        List<String> amounts = Amount.texts(process.held(), evidence.devices());
        return amounts.isEmpty() ? "memory" : Wording.list(amounts);
    }

    private static String survivors(Evidence evidence) {
        NavigableSet<Integer> owners = new TreeSet<>();
        evidence.buffers().stream().map(DeviceBuffer::processId).forEach(owners::add);
        if (owners.isEmpty() || owners.size() > OWNERS) {
            return "";
        }
        List<String> pids = owners.stream().map(owner -> "pid " + owner).toList();
        return " What is left belongs to " + Wording.list(pids) + ", which " + (pids.size() == 1 ? "is" : "are")
                + " still running.";
    }
}
