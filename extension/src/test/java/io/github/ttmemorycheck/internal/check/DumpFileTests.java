package io.github.ttmemorycheck.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFileTests {

    private static String name(String subject) {
        return DumpFile.name(Subjects.test(subject));
    }

    @Test
    void a_file_is_named_as_its_test_without_what_no_file_may_have() {
        assertThat(name("LlamaTests.step()")).isEqualTo("org.example.LlamaTests.step.dump.txt");
        assertThat(name("LlamaTests.step(int)[2]")).isEqualTo("org.example.LlamaTests.step_int_[2].dump.txt");
    }

    @Test
    void a_name_that_is_cut_or_not_plain_differs_from_others() {
        String longest = "T." + "x".repeat(300);
        assertThat(name(longest + "a()")).hasSizeLessThan(230).isNotEqualTo(name(longest + "b()"));
        assertThat(name("T.\u6e2c()")).matches("[ -~]+").isNotEqualTo(name("T.\u8a66()"));
    }

    @Test
    void classes_of_one_simple_name_in_two_packages_have_two_files() {
        Subject one = new Subject(Subject.Scope.TEST, "[a]", "com.one.LlamaTests", "decode()", "", "decode()");
        Subject two = new Subject(Subject.Scope.TEST, "[b]", "com.two.LlamaTests", "decode()", "", "decode()");

        assertThat(one.name()).isEqualTo(two.name());
        assertThat(DumpFile.name(one)).isEqualTo("com.one.LlamaTests.decode.dump.txt");
        assertThat(DumpFile.name(two)).isEqualTo("com.two.LlamaTests.decode.dump.txt");
    }

    @Test
    void why_there_is_no_dump_is_a_note_with_what_to_do_where_that_is_known(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        EmbeddedTracker tracker = EmbeddedTracker.start(folder.resolve("s"));
        try (tracker) {
            assertThat(DumpFile.write(Subjects.test("T.t()"), tracker, file, Log.ofLibrary()))
                    .isEqualTo(new DumpFile(
                            "",
                            List.of("the dump of all live buffers could not be written to " + file
                                    + "/org.example.T.t.dump.txt (java.nio.file.FileAlreadyExistsException: " + file
                                    + "); set tt.memory.check.report.directory to a folder that can be written")));
        }
        assertThat(DumpFile.write(Subjects.test("T.t()"), tracker, folder, Log.ofLibrary())
                        .notes())
                .singleElement()
                .asString()
                .startsWith("there is no dump of all live buffers: ")
                .doesNotContain("TrackerException", "report.directory");
    }
}
