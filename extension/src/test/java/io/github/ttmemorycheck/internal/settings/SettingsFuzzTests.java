package io.github.ttmemorycheck.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.torture.Fuzz;
import io.github.ttmemorycheck.torture.Mutations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("fuzz")
class SettingsFuzzTests {

    private static final List<String> VALUES = List.of(
            "fail",
            "auto",
            "embedded,shm",
            "/tmp/tt.sock",
            "run",
            "1s",
            "500 ms",
            "36KiB",
            "1.5 MiB",
            "0B",
            "true",
            "on",
            "3,5");

    private static final List<String> SIZES =
            List.of("36KiB", "1.5 MiB", "0B", "8388607TiB", "9223372036854775807B", "0.0009765625KiB", "1e3KiB");

    private static final List<String> KEYS = Setting.ALL.stream()
            .map(setting -> setting.key() + (setting.isOfDevices() ? "0.dram" : ""))
            .toList();

    private record Given(Map<String, String> values) implements SettingSource {

        @Override
        public Optional<String> value(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public Set<String> keys() {
            return values.keySet();
        }

        @Override
        public boolean knowsAllKeys() {
            return true;
        }

        @Override
        public String origin(String key) {
            return "test";
        }
    }

    @Test
    void settings_and_sizes_are_read_or_refused_with_what_is_allowed() {
        AtomicLong read = new AtomicLong();
        AtomicLong sizes = new AtomicLong();
        Fuzz.run("settings", random -> {
            int which = random.nextInt(32);
            if (which > 15) {
                sizes.addAndGet(readSize(random) ? 1 : 0);
                return;
            }
            if (which > 0) {
                readOne(random);
                return;
            }
            Map<String, String> values = new TreeMap<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                String value = random.nextInt(4) == 0 ? valueOf(key) : VALUES.get(random.nextInt(VALUES.size()));
                values.put(
                        random.nextInt(8) == 0 ? damaged(key, random) : key,
                        random.nextBoolean() ? damaged(value, random) : value);
            }
            read.addAndGet(isAllowed(() -> SettingsReader.read(new Given(values))) ? 1 : 0);
        });
        assertThat(read).as("settings that were read").hasPositiveValue();
        assertThat(sizes).as("sizes that were read").hasPositiveValue();
    }

    /** Within milliseconds; once they took half a minute. */
    @Test
    @Timeout(20)
    void a_million_digits_or_letters_are_refused() {
        String digits = "9".repeat(1_000_000);
        String letters = "x".repeat(1_000_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(digits + "KiB"))
                .withMessageContaining("its number has more than 100 digits")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
        for (Setting<?> setting : Setting.ALL) {
            for (String value : List.of(digits + "s", digits + "KiB", letters, "/a".repeat(500_000))) {
                assertThatExceptionOfType(SettingException.class)
                        .isThrownBy(() -> setting.parse(setting.key(), value))
                        .withMessageContaining(" characters, and at most");
            }
            assertThatExceptionOfType(SettingException.class)
                    .isThrownBy(() -> SettingNames.check(List.of(setting.key() + letters)))
                    .withMessageContaining("there is no setting");
        }
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> SettingNames.check(List.of(SettingKeys.BASELINE + digits + ".dram")))
                .withMessageContaining("there is no setting");
    }

    /** Reads one value, or one key, alone: to read all settings takes twenty times as long. */
    private static void readOne(SplittableRandom random) {
        Setting<?> setting = Setting.ALL.get(random.nextInt(Setting.ALL.size()));
        String key = KEYS.get(random.nextInt(KEYS.size()));
        if (random.nextInt(4) == 0) {
            String wrong = damaged(random.nextBoolean() ? key : SettingKeys.BASELINE + "0.dram", random);
            isAllowed(() -> SettingNames.check(List.of(wrong)));
            isAllowed(() -> SettingNames.pool("", wrong.replace(SettingKeys.BASELINE, "")));
        } else {
            String value = random.nextBoolean() ? setting.byDefault() : VALUES.get(random.nextInt(VALUES.size()));
            isAllowed(() -> setting.parse(setting.key(), damaged(value, random)));
        }
    }

    private static boolean isAllowed(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (SettingException refused) {
            if (!String.valueOf(refused.getMessage()).contains("setting")) {
                throw refused;
            }
            return false;
        }
    }

    /** Reads a size, and what it is written as again; returns whether it was one. */
    private static boolean readSize(SplittableRandom random) {
        ByteSize size;
        try {
            size = ByteSize.parse(damaged(SIZES.get(random.nextInt(SIZES.size())), random));
        } catch (IllegalArgumentException refused) {
            if (!String.valueOf(refused.getMessage()).contains("is not a size")) {
                throw refused;
            }
            return false;
        }
        if (!ByteSize.parse(size.exact()).equals(size) || size.toString().isEmpty()) {
            throw new AssertionError(size.bytes() + " is written as " + size.exact());
        }
        return true;
    }

    private static String damaged(String text, SplittableRandom random) {
        return Mutations.of(text, random.nextInt(4), random);
    }

    private static String valueOf(String key) {
        return Setting.ALL.stream()
                .filter(setting -> setting.key().equals(key))
                .map(Setting::byDefault)
                .findFirst()
                .orElse("36KiB");
    }
}
