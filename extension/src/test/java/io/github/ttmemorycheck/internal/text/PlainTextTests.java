package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTests {

    @Test
    void what_could_break_or_turn_a_line_is_escaped() {
        assertThat(PlainText.escape("a\nb\r\tc\u0007\u001b[31m\u0085\u2028\u202e\ud800"))
                .isEqualTo("a\\nb\\r\\tc\\u0007\\u001b[31m\\u0085\\u2028\\u202e\\ud800");
    }

    @Test
    void letters_of_all_languages_quotes_and_percent_signs_stay() {
        String text = "caf\u00e9 \u65e5\u672c \u0645\u0631 \ud83d\ude00 \"100%s\" \\n <b>";

        assertThat(PlainText.escape(text)).isEqualTo(text);
    }

    @Test
    void wide_letters_take_two_columns_and_marks_none() {
        assertThat(PlainText.width("abc")).isEqualTo(3);
        assertThat(PlainText.width("\u65e5\u672c")).isEqualTo(4);
        assertThat(PlainText.width("e\u0301")).isEqualTo(1);
        assertThat(PlainText.width("\ud83d\ude00")).isEqualTo(2);
    }

    @Test
    void a_cut_text_keeps_both_ends_and_whole_characters() {
        assertThat(PlainText.cutMiddle("0123456789", 10)).isEqualTo("0123456789");
        assertThat(PlainText.cutMiddle("0123456789", 8)).isEqualTo("01...789");
        String faces = "\ud83d\ude00".repeat(20);
        assertThat(List.of(9, 10, 11, 12)).allSatisfy(columns -> {
            String cut = PlainText.cutMiddle(faces, columns);
            assertThat(PlainText.width(cut)).isLessThanOrEqualTo(columns);
            assertThat(PlainText.escape(cut)).isEqualTo(cut);
        });
    }

    @Test
    void what_is_cut_to_nothing_is_no_longer_than_it_was() {
        assertThat(PlainText.cutMiddle("a", 0)).isEqualTo("a...");
    }

    @ParameterizedTest
    @CsvSource({"2fff, 3000, 303e, 303f", "ff00, ff01, ff60, ff61", "1f2ff, 1f300, 1faff, 1fb00"})
    void wide_signs_without_a_script_are_in_three_ranges(String before, String first, String last, String behind) {
        assertThat(Stream.of(before, first, last, behind)
                        .map(hex -> PlainText.width(Character.toString(Integer.parseInt(hex, 16)))))
                .containsExactly(1, 2, 2, 1);
    }
}
