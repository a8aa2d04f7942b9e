package io.scopegate.bundle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    private static final int FILES = 2000;

    @TempDir
    Path folder;

    @Test
    void contentComesBeforeItsDirectory() throws Exception {
        Path golden = Files.createDirectories(folder.resolve("golden/in"));
        Files.writeString(golden.resolve("0.png"), "");
        Files.writeString(folder.resolve("model.onnx"), "");

        assertThat(FileTree.deepestFirst(folder))
                .containsExactly(
                        folder.resolve("model.onnx"),
                        folder.resolve("golden/in/0.png"),
                        folder.resolve("golden/in"),
                        folder.resolve("golden"),
                        folder);
    }

    @Test
    void directoryIsDeletedWithoutFollowingLinks() throws Exception {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Files.writeString(kept.resolve("a.png"), "");
        Path deleted = Files.createDirectories(folder.resolve("deleted/in"));
        Files.createSymbolicLink(deleted.resolve("link"), kept);

        FileTree.delete(folder.resolve("deleted"));

        assertThat(folder.resolve("deleted")).doesNotExist();
        assertThat(kept.resolve("a.png")).exists();
    }

    @Test
    void deletingWhatDoesNotExistChangesNothing() throws Exception {
        FileTree.delete(folder.resolve("missing"));

        assertThat(folder).isEmptyDirectory();
    }

    /** The other thread deletes files alone, so that whatever is left is this deletion's to delete. */
    @Test
    void directoryIsDeletedDespiteConcurrentDeletions() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        for (int k = 0; k < FILES; k++) {
            Files.createFile(Files.createDirectory(tree.resolve("d" + k)).resolve("file"));
        }
        CountDownLatch begin = new CountDownLatch(1);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> done = other.submit(() -> {
                begin.countDown();
                for (int k = FILES - 1; k >= 0; k--) {
                    Files.deleteIfExists(tree.resolve("d" + k + "/file"));
                }
                return null;
            });
            begin.await();

            FileTree.delete(tree);

            done.get();
        }
        assertThat(tree).doesNotExist();
    }

    /** A walk through the directory reports this as an unchecked exception, which no caller expects. */
    @Test
    void aDirectoryThatCannotBeReadIsAnIoFault() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeThat(Files.isReadable(closed))
                    .as("root reads every directory")
                    .isFalse();

            assertThatThrownBy(() -> FileTree.delete(folder)).isInstanceOf(AccessDeniedException.class);
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
