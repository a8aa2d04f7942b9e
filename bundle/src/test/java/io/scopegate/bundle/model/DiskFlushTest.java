package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFlushTest {

    @TempDir
    Path folder;

    @Test
    void parentOfEachCreatedDirectoryIsFlushed() throws Exception {
        assertThat(DiskFlush.make(folder.resolve("models/inbody")))
                .containsExactly(folder.resolve("models"), folder)
                .allSatisfy(directory -> assertThat(directory).isDirectory());
        assertThat(folder.resolve("models/inbody")).isDirectory();
    }

    @Test
    void parentOfAnExistingDirectoryIsFlushed() throws Exception {
        Files.createDirectories(folder.resolve("models/inbody"));

        assertThat(DiskFlush.make(folder.resolve("models/inbody"))).containsExactly(folder.resolve("models"));
    }
}
