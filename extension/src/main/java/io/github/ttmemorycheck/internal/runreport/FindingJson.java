package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes findings, equal devices folded into one. */
final class FindingJson {

    private FindingJson() {}

    /** For example {@code within-baseline}. */
    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void write(JsonWriter json, List<Finding> findings) throws IOException {
        Map<Finding, List<Integer>> folded = new LinkedHashMap<>();
        for (Finding finding : findings) {
            folded.computeIfAbsent(
                            new Finding(
                                    0,
                                    finding.kind(),
                                    finding.before(),
                                    finding.after(),
                                    finding.left(),
                                    finding.allowed(),
                                    finding.verdict()),
                            unseen -> new ArrayList<>())
                    .add(finding.device());
        }
        json.list(
                folded.entrySet(),
                false,
                (to, entry) -> to.object(row -> {
                    Finding finding = entry.getKey();
                    DeviceFolding.devices(row.name("devices"), entry.getValue());
                    row.name("kind").value(finding.kind().name());
                    row.name("before").value(finding.before());
                    row.name("after").value(finding.after());
                    row.name("left").value(finding.left());
                    row.name("allowed").value(finding.allowed());
                    row.name("verdict").value(word(finding.verdict()));
                }));
    }

    static void write(JsonWriter json, CacheRelease cache) throws IOException {
        json.object(row -> {
            row.name("devices").value(cache.devices());
            row.name("programs").value(cache.programs());
            DeviceFolding.write(row.name("released"), cache.released());
            if (cache.notCleared().isPresent()) {
                row.name("notCleared").value(cache.notCleared().get());
            }
        });
    }
}
