package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTests {

    @Test
    void a_cell_of_several_lines_makes_its_row_as_high() {
        TextTable table = new TextTable(" ", "lrl");
        table.add("device", "held", "");
        table.add("0", "4 MiB,\n12 MiB", "grew");

        assertThat(table.lines()).containsExactly(" device    held", " 0       4 MiB,  grew", "         12 MiB");
    }

    @Test
    void a_line_that_is_too_wide_is_said_so_and_not_cut() {
        TextTable table = new TextTable("", "l");
        table.add("7".repeat(101));

        assertThat(table.fits()).isFalse();
        assertThat(table.lines()).containsExactly("7".repeat(101));
    }

    @Test
    void a_line_as_wide_as_a_message_fits() {
        TextTable table = new TextTable("", "l");
        table.add("7".repeat(100));

        assertThat(table.fits()).isTrue();
    }
}
