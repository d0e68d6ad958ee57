package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

// A leak report as it is serialized: without Optional, which cannot be.
record StoredReport(
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
        @Nullable String dump)
        implements Serializable {

    @Serial
    private Object readResolve() {
        return new LeakReport(
                subject,
                startedAtNanos,
                findings,
                buffers,
                commands,
                ended,
                cache,
                notes,
                diagnoses,
                fingerprint,
                measurement,
                Optional.ofNullable(dump));
    }
}
