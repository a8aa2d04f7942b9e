package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlingTest {

    @TempDir
    Path models;

    @Test
    void aVersionThatWasGoneHasToSettleAnew() {
        Settling settling = new Settling(Watchers.SETTLE, new ManualClock());
        VersionDirectory version =
                new VersionDirectory(TinyModel.version(1).publish(models).directory(), "tiny", 1);
        ModelFiles files = ModelFiles.look(version.path());
        settling.trust(version, files);
        settling.keepOnly(List.of(version));
        assertThat(settling.settled(version, files)).isTrue();

        settling.keepOnly(List.of());

        assertThat(settling.settled(version, files)).isFalse();
    }
}
