package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies waivers to findings: leaks that one of them lets pass become known leaks.
 *
 * @param findings the findings, with {@link Verdict#KNOWN} where a waiver applies
 * @param used the waivers that apply
 * @param objections why a waiver that is about a leak did not let it pass
 */
public record Waivers(List<Finding> findings, Set<Waiver> used, List<String> objections) {

    /**
     * Applies waivers.
     *
     * @param findings what was found
     * @param waivers what is known, the most specific first
     * @param today the day it is
     */
    public static Waivers apply(List<Finding> findings, List<Waiver> waivers, LocalDate today) {
        List<Finding> now = new ArrayList<>(findings);
        Set<Waiver> used = new LinkedHashSet<>();
        List<String> objections = new ArrayList<>();
        for (Waiver waiver : waivers) {
            List<Finding> leaks = now.stream().filter(waiver::isAbout).toList();
            if (leaks.isEmpty()) {
                continue;
            }
            String objection = waiver.objection(leaks, today);
            if (objection != null) {
                objections.add(objection);
            } else {
                used.add(waiver);
                now.replaceAll(finding -> waiver.isAbout(finding) ? finding.withVerdict(Verdict.KNOWN) : finding);
            }
        }
        return new Waivers(now, used, objections);
    }
}
