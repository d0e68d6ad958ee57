package io.github.ttmemorycheck.internal.diagnosis;

import static io.github.ttmemorycheck.internal.diagnosis.Facts.KIB;
import static io.github.ttmemorycheck.internal.diagnosis.Facts.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All rules together. */
class DiagnosesTests {

    private static final int RECORDS = 20_000;
    private static final Path PAGES = Path.of("..", "docs", "diagnosis");

    @Test
    void no_rule_speaks_of_nothing() {
        assertThat(Facts.ofTest().rules()).isEmpty();
        assertThat(Facts.ofClass().noDevice().rules()).isEmpty();
        assertThat(Facts.ofTest()
                        .clean(0, 7, DRAM)
                        .finding(0, L1, 0, 12 * KIB, 12 * KIB, Verdict.WITHIN_BASELINE)
                        .finding(1, DRAM, 0, 128 * MIB, 128 * MIB, Verdict.KNOWN)
                        .ended(812, 1, MemoryTotals.NONE)
                        .late(MIB, MIB)
                        .notCleared(2, "it failed")
                        .rules())
                .isEmpty();
    }

    @Test
    void several_rules_speak_the_strongest_first() {
        assertThat(Facts.ofTest()
                        .leftOnEach(8, DRAM, 36 * KIB)
                        .bufferOnEach(8, DRAM, 0x3ffff800, 36 * KIB, 3, 6)
                        .leftOnEach(8, TRACE, 64 * KIB)
                        .left(0, L1, 12 * KIB)
                        .buffer(0, L1, 0x18b20, 12 * KIB)
                        .notCleared(2, "a trace is live")
                        .late(MIB, 0)
                        .ended(812, 1, MemoryTotals.NONE)
                        .rules())
                .containsExactly(
                        "trace-alive",
                        "process-ended",
                        "freed-late",
                        "held-references",
                        "program-cache",
                        "circular-buffers");
        assertThat(Facts.ofTest()
                        .left(0, DRAM, 128 * MIB)
                        .clean(1, 7, DRAM)
                        .buffer(0, DRAM, 0x1000, 128 * MIB, 1, 2)
                        .rules())
                .containsExactly("unbalanced", "weights");
        assertThat(Facts.ofTest()
                        .left(3, DRAM, 128 * MIB)
                        .clean(0, 2, DRAM)
                        .buffer(3, DRAM, 0x1000, 128 * MIB)
                        .freed(0, DRAM, 128 * MIB)
                        .freed(1, DRAM, 128 * MIB)
                        .freed(2, DRAM, 128 * MIB)
                        .rules())
                .containsExactly("mesh-skew", "weights");
    }

    /** Whatever the record: what a rule says holds a figure and names a fact, and nothing is said of what passes. */
    @Test
    void no_rule_speaks_without_evidence() {
        Random random = new Random(5);
        int spoke = 0;
        for (int i = 0; i < RECORDS; i++) {
            Facts facts = generated(random);
            boolean failing = !facts.evidence().failing(finding -> true).isEmpty();
            List<Diagnosis> diagnoses = Diagnoses.of(facts.evidence());
            assertThat(failing || diagnoses.isEmpty()).as("nothing failed").isTrue();
            for (Diagnosis diagnosis : diagnoses) {
                spoke++;
                assertThat(diagnosis.evidence())
                        .matches("(?s).*\\d.*|A closed device holds nothing.*")
                        .endsWith(".");
                assertThat(diagnosis.conclusion()).isNotBlank().doesNotEndWith(".");
                assertThat(facts.evidence().failingKinds()).containsAll(diagnosis.explains());
                assertThat(diagnosis.fixes()).noneMatch(fix -> fix.isBlank() || fix.endsWith("."));
            }
        }
        assertThat(spoke).isGreaterThan(RECORDS / 10);
    }

    private static Facts generated(Random random) {
        Facts facts = random.nextInt(5) == 0 ? Facts.ofClass() : Facts.ofTest();
        int devices = 1 + random.nextInt(4);
        for (int device = 0; device < devices; device++) {
            for (MemoryKind kind : MemoryKind.values()) {
                if (random.nextInt(3) == 0) {
                    long left = random.nextBoolean() ? 0 : 1L << random.nextInt(63);
                    Verdict verdict = left == 0
                            ? Verdict.CLEAN
                            : List.of(Verdict.WITHIN_BASELINE, Verdict.KNOWN, Verdict.LEAKED)
                                    .get(random.nextInt(3));
                    facts.finding(device, kind, random.nextInt(2), left, left, verdict);
                    for (int i = random.nextInt(3); i > 0 && left > 0; i--) {
                        long references = 1 + random.nextLong(4);
                        facts.buffer(
                                device,
                                kind,
                                0x10000L * random.nextLong(4),
                                random.nextLong(),
                                references,
                                references + random.nextLong(4));
                    }
                }
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> facts.noDevice();
            case 1 -> facts.notCleared(random.nextInt(3), "it failed");
            case 2 -> facts.late(random.nextInt(3), random.nextInt(3));
            default -> facts.ended(812, random.nextInt(2), MemoryTotals.NONE);
        }
        return facts;
    }

    @Test
    void every_rule_has_a_page_and_every_page_a_rule() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Diagnoses.rules().stream().map(rule -> rule + ".md").toList());
        }
    }

    @Test
    void a_page_says_what_the_rule_says_what_it_needs_what_to_do_and_shows_it() throws IOException {
        for (String rule : Diagnoses.rules()) {
            assertThat(Files.readAllLines(PAGES.resolve(rule + ".md")))
                    .as(rule)
                    .startsWith("# " + rule)
                    .containsSubsequence("## Evidence", "## What to do", "## Sample");
        }
    }

    @Test
    void there_are_at_least_the_rules_that_users_know() {
        Pattern name = Pattern.compile("[a-z]+(-[a-z]+)*");
        assertThat(Diagnoses.rules())
                .hasSizeGreaterThanOrEqualTo(12)
                .allMatch(rule -> name.matcher(rule).matches());
    }

    @Test
    void a_diagnosis_names_its_page() {
        assertThat(new Diagnosis("mesh-skew", "a", "b.", List.of()).page())
                .isEqualTo("https://github.com/ttmemorycheck/tt-memory-check/blob/main/docs/diagnosis/mesh-skew.md");
    }

    @Test
    void what_was_freed_late_is_added_up_by_its_cause() {
        assertThat(LateFrees.NONE
                        .andByCollection(1)
                        .andByCollection(2)
                        .andInBackground(10)
                        .andInBackground(20)
                        .andWhileSettling(100)
                        .andWhileSettling(200))
                .isEqualTo(new LateFrees(3, 30, 300));
    }
}
