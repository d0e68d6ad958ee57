package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTests {

    private static String written(String text) {
        String out = new JsonWriter().texts("texts", List.of(text)).toString();
        return out.substring("\"texts\":[".length(), out.length() - 1);
    }

    @Test
    void signs_with_a_meaning_are_escaped() {
        assertThat(written("a \"quote\", a \\, a\nline,\ra\ttab\u0000\u001f\u007f\u0085"))
                .isEqualTo("\"a \\\"quote\\\", a \\\\, a\\nline,\\ra\\ttab\\u0000\\u001f\\u007f\\u0085\"");
    }

    @Test
    void nothing_in_a_text_can_end_or_open_an_element_of_a_page() {
        assertThat(written("</script><!-- & \u2028\u2029"))
                .isEqualTo("\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029\"");
    }

    @Test
    void halves_of_a_pair_are_escaped_and_pairs_are_not() {
        assertThat(written("\ud83d\ude00 \ude00\ud83d")).isEqualTo("\"\ud83d\ude00 \\ude00\\ud83d\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100 % of %s",
                "\u6e2c\u8a66 \u0442\u0435\u0441\u0442 \u0627\u062e\u062a\u0628\u0627\u0631",
                "</script>\"'`${x}\\u0041",
                "\b\f\u0001\u2028\ud83d\ude00"
            })
    void a_parser_reads_what_was_written(String text) {
        assertThat(JsonMapper.shared().readTree(written(text)).asString()).isEqualTo(text);
    }
}
