package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessNamesTests {

    private static String name(String command, int columns) {
        return new ProcessNames(Map.of(7, command), 1).name(7, columns);
    }

    @Test
    void a_command_that_fits_is_shown_as_it_is() {
        assertThat(name("/usr/bin/python3 /srv/worker.py", 60)).isEqualTo("pid 7 /usr/bin/python3 /srv/worker.py");
    }

    @Test
    void of_a_longer_one_the_directories_are_left_out() {
        assertThat(name("/opt/python/3.11.7/bin/python3 -u /home/somebody/worker.py /tmp/s (ours)", 44))
                .isEqualTo("pid 7 python3 -u worker.py s (ours)");
        assertThat(name("sh -c cd a/b/c && make -j8 /etc/ all the rest", 30)).startsWith("pid 7 sh -c cd");
    }

    @Test
    void and_if_that_is_not_enough_it_is_cut_in_its_middle() {
        assertThat(name("/usr/bin/python3 /srv/worker.py --with many --more arguments (ours)", 40))
                .startsWith("pid 7 python3")
                .contains("...")
                .endsWith("(ours)")
                .hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void without_a_command_there_is_only_the_number() {
        assertThat(name(" ", 40)).isEqualTo("pid 7");
        assertThat(new ProcessNames(Map.of(7, "java"), 7).name(7, 40)).isEqualTo("pid 7 (this JVM)");
    }

    @Test
    void a_command_that_just_fits_keeps_its_directories() {
        String command = "/usr/bin/python3 /srv/worker.py";

        assertThat(name(command, "pid 7 ".length() + command.length())).isEqualTo("pid 7 " + command);
        assertThat(name(command, "pid 7 ".length() + command.length() - 1)).isEqualTo("pid 7 python3 worker.py");
    }

    @Test
    void of_a_process_that_cannot_be_seen_the_command_says_what_it_is() {
        int unseen = ProcessNames.UNSEEN;

        assertThat(new ProcessNames(Map.of(unseen, "a container"), 1).name(unseen, 40))
                .isEqualTo("a container");
        assertThat(new ProcessNames(Map.of(), 1).name(unseen - 1, 40))
                .isEqualTo("a process that cannot be seen from here");
        assertThat(new ProcessNames(Map.of(), 1).name(unseen + 1, 40)).isEqualTo("pid " + (unseen + 1));
    }
}
