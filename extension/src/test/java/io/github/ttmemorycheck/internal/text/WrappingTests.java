package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappingTests {

    @Test
    void a_word_that_does_not_fit_goes_below_the_first() {
        String word = "x".repeat(46);

        assertThat(Wrapping.hanging("  note: ", word + " " + word.substring(1) + " " + word))
                .containsExactly("  note: " + word + " " + word.substring(1), "        " + word);
    }

    @Test
    void a_word_wider_than_a_line_is_not_broken() {
        String path = "/tmp/" + "x".repeat(200);

        assertThat(Wrapping.hanging("  at ", "a " + path + " b")).containsExactly("  at a", "     " + path, "     b");
        assertThat(Wrapping.hanging("  at ", path)).containsExactly("  at " + path);
    }

    @Test
    void an_unbroken_space_is_a_space_in_the_end() {
        String clause = "x".repeat(60) + Wrapping.UNBROKEN + "y".repeat(30);

        assertThat(Wrapping.sentence("some words " + clause))
                .containsExactly("some words", "  " + "x".repeat(60) + " " + "y".repeat(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8388610 KiB", "930 B", "1.17 MiB", "10 000", "1 115 939", "115 939 buffers"})
    void a_figure_is_never_broken(String figure) {
        String whole = figure.replace(" buffers", "");
        for (int before = 90 - whole.length(); before < 101; before++) {
            assertThat(Wrapping.sentence("x".repeat(before) + " " + figure + " and more"))
                    .anySatisfy(line -> assertThat(line).contains(whole));
        }
    }

    @Test
    void the_first_sentence_of_a_message_is_one_line_however_it_was_wrapped() {
        String sentence = "ATests.decode() left " + "8 MiB of DRAM on device 3, ".repeat(5) + "and no more";

        assertThat(Wrapping.firstSentence(String.join("\n", Wrapping.sentence(sentence)) + "\n\n  device  kind"))
                .isEqualTo(sentence);
        assertThat(Wrapping.firstSentence("nothing was seen")).isEqualTo("nothing was seen");
        assertThat(Wrapping.firstSentence("")).isEmpty();
    }

    @Test
    void an_empty_text_leaves_its_label_alone() {
        assertThat(Wrapping.hanging("  at: ", "")).containsExactly("  at:");
    }

    @Test
    void a_text_at_the_right_end_goes_below_where_there_is_no_room() {
        assertThat(Wrapping.withRight("left", "")).isEqualTo("left");
        assertThat(Wrapping.withRight("left", "right")).isEqualTo("left" + " ".repeat(91) + "right");
        assertThat(Wrapping.withRight("x".repeat(93), "right")).isEqualTo("x".repeat(93) + "  right");
        assertThat(Wrapping.withRight("x".repeat(94), "right")).isEqualTo("x".repeat(94) + "\n  right");
    }

    @Test
    void spaces_around_a_text_make_no_line() {
        assertThat(Wrapping.hanging("  -", " a")).containsExactly("  - a");
        assertThat(Wrapping.hanging("", "x".repeat(100) + " ")).containsExactly("x".repeat(100));
    }

    @Test
    void a_gap_before_a_word_falls_away_where_the_word_begins_a_line() {
        String word = Wrapping.UNBROKEN + "y";

        assertThat(Wrapping.sentence("x " + word)).containsExactly("x  y");
        assertThat(Wrapping.sentence("x".repeat(99) + " " + word)).containsExactly("x".repeat(99), "  y");
        assertThat(Wrapping.hanging("  at ", word)).containsExactly("  at y");
        assertThat(Wrapping.sentence(word)).containsExactly(" y");
    }
}
