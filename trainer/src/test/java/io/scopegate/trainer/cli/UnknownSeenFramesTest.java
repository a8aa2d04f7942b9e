package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UnknownSeenFramesTest {

    /** The root of a file system has no name, so its path stands for it. */
    @Test
    void rootFolderIsNamedByItsPath() {
        assertThat(UnknownSeenFrames.ofFolder(Path.of("/"), "no reason").part()).isEqualTo("folder /");
        assertThat(UnknownSeenFrames.ofFolder(Path.of("/data/clips"), "no reason")
                        .part())
                .isEqualTo("folder clips");
    }
}
