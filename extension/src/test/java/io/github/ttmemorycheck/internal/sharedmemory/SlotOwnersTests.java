package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a slot is where its number is one of another PID namespace: files as the kernel would write them. */
class SlotOwnersTests {

    @TempDir
    Path directory;

    private final byte[] bytes = new byte[RegionLayout.SLOT_FIGURES_LENGTH];
    private RegionFile region;
    private SlotOwners owners;

    @BeforeEach
    void open() throws IOException {
        region = RegionFile.open(WrittenRegion.create(directory, "5", 0).file()).orElseThrow();
        ProcFiles files = new ProcFiles(directory.resolve("proc"));
        owners = new SlotOwners(files, files::isInUse, region);
    }

    private void process(int number, String namespaces, boolean maps) throws IOException {
        Path process = Files.createDirectories(directory.resolve("proc").resolve(Integer.toString(number)));
        Files.writeString(process.resolve("status"), "Name:\ta\nNSpid:\t" + namespaces + "\n");
        Files.writeString(
                process.resolve("maps"),
                maps
                        ? "7f00-7f01 rw-s 00000000 00:19 " + region.inode() + "    /dev/shm/tt_device_5_memory\n"
                        : "7f00-7f01 rw-p 00000000 00:00 0    [heap]\n");
    }

    private int owner(int number) {
        return owners.owner(3, number, bytes, 0);
    }

    @Test
    void a_number_of_a_container_is_that_of_the_process_which_has_the_region_mapped() throws IOException {
        process(1, "1", false);
        process(812, "812\t1", false);
        process(813, "813\t1", true);
        process(814, "814\t2", true);
        assertThat(owner(1)).isEqualTo(813);
        assertThat(owner(2)).isEqualTo(814);
    }

    @Test
    void a_number_that_is_right_here_stays_what_it_is() throws IOException {
        process(7, "7", true);
        process(8, "8", false);
        process(813, "813\t7", true);
        assertThat(owner(7)).isEqualTo(7);
        assertThat(owner(8)).isEqualTo(8);
        assertThat(owner(9)).as("nobody has it").isEqualTo(9);
    }

    @Test
    void who_was_not_there_is_looked_for_again_once_the_slot_changes() throws IOException {
        assertThat(owner(1)).isEqualTo(1);
        process(813, "813\t1", true);
        assertThat(owner(1)).as("the slot is as it was").isEqualTo(1);
        bytes[0] = 1;
        assertThat(owner(1)).isEqualTo(813);
    }
}
