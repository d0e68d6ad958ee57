package io.github.ttmemorycheck.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingNamesTests {

    @ParameterizedTest
    @CsvSource({
        "mod, tt.memory.check.mode",
        "shm, tt.memory.check.shm.ignore",
        "baseline.dram, tt.memory.check.baseline.<device|*>.<dram|l1|systemMemory|l1Small|trace|circularBuffers|kernels>",
        "baseline.0, tt.memory.check.baseline.<device|*>.<dram|l1|systemMemory|l1Small|trace|circularBuffers|kernels>",
        "capacity.*, tt.memory.check.capacity.<device|*>.<dram|l1|systemMemory|l1Small|trace|circularBuffers|kernels>",
        "trackers, tt.memory.check.tracker",
        "baseline.fil, tt.memory.check.baseline.file",
        "capacity.0.drum, tt.memory.check.capacity.<device|*>.<dram|l1|systemMemory|l1Small|trace|circularBuffers|kernels>",
        "capacit, tt.memory.check.capacity.<device|*>.<dram|l1|systemMemory|l1Small|trace|circularBuffers|kernels>",
        "baseline.0.drum, tt.memory.check.baseline.<device|*>.<dram|l1|systemMemory|l1Small|trace|circularBuffers|kernels>"
    })
    void an_unknown_setting_is_refused_with_the_nearest_known_one(String name, String nearest) {
        String unknown = SettingKeys.PREFIX + name;

        String message = String.valueOf(catchThrowableOfType(
                        SettingException.class,
                        () -> SettingNames.check(Set.of("other.setting", SettingKeys.GC, unknown)))
                .getMessage());

        assertThat(message.lines().skip(2)).allMatch(line -> line.length() <= 100);
        assertThat(message.replace("\n ", ""))
                .startsWith("there is no setting " + unknown + "; did you mean " + nearest
                        + "?\nall settings: tt.memory.check.baseline.file, ")
                .contains("tt.memory.check.capacity.<device|*>.<kind>");
    }
}
