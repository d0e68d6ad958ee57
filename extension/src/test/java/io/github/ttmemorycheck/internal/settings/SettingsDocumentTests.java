package io.github.ttmemorycheck.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written about the settings agrees with {@link Setting}, which states them. */
class SettingsDocumentTests {

    private static final Path JAVADOC = Path.of("src/main/java/io/github/ttmemorycheck/TtMemoryCheckSettings.java");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    private static List<String> rows(String file) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..").resolve(file))) {
            return lines.filter(line -> line.startsWith("| `" + SettingKeys.PREFIX))
                    .toList();
        }
    }

    @Test
    void the_page_of_the_settings_says_of_each_what_it_allows_its_default_and_what_it_means() throws IOException {
        assertThat(rows("docs/settings.md"))
                .containsExactlyElementsOf(Setting.ALL.stream()
                        .map(setting -> "| `" + documentedKey(setting) + "` | "
                                + setting.type().allowed() + " | " + setting.withoutIt() + " | " + setting.meaning()
                                + " |")
                        .toList());
    }

    @Test
    void the_readme_says_of_each_what_it_allows_and_its_default() throws IOException {
        assertThat(rows("README.md"))
                .containsExactlyElementsOf(Setting.ALL.stream()
                        .map(setting -> "| `" + documentedKey(setting) + "` | "
                                + setting.type().allowed() + " | " + setting.withoutIt() + " |")
                        .toList());
    }

    private static String documentedKey(Setting<?> setting) {
        return setting.isOfDevices() ? setting.key() + "<device or *>.<kind>" : setting.key();
    }

    static List<Setting<?>> settings() {
        return Setting.ALL;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void the_javadoc_names_the_values_and_the_default(Setting<?> setting) throws IOException {
        String source = Files.readString(JAVADOC);
        String constant = setting.key()
                .substring(SettingKeys.PREFIX.length())
                .replaceAll("\\.$", "")
                .replace('.', '_')
                .replaceAll("([a-z])([A-Z])", "$1_$2");
        Matcher declaration = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public static final String " + constant.toUpperCase(Locale.ROOT)
                                + " =",
                        Pattern.DOTALL)
                .matcher(source);

        assertThat(declaration.find())
                .as("a documented constant for %s", setting.key())
                .isTrue();
        String text = declaration.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
        assertThat(setting.byDefault().isEmpty() || text.contains("{@code " + setting.byDefault() + "}"))
                .as("%s names the default %s", text, setting.byDefault())
                .isTrue();
        if (setting.type().allowed().startsWith("`")) {
            Matcher words = WORD.matcher(setting.type().allowed());
            while (words.find()) {
                assertThat(text).contains("{@code " + words.group(1) + "}");
            }
        }
    }
}
