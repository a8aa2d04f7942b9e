package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebounceTest {

    @TempDir
    Path models;

    @Test
    void aVersionThatWasGoneHasToSettleAnew() {
        Debounce debounce = new Debounce(Watchers.SETTLE, new ManualClock());
        VersionDirectory version =
                new VersionDirectory(TinyModel.version(1).publish(models).directory(), "tiny", 1);
        ModelFiles files = ModelFiles.look(version.path());
        debounce.trust(version, files);
        debounce.keepOnly(List.of(version));
        assertThat(debounce.settled(version, files)).isTrue();

        debounce.keepOnly(List.of());

        assertThat(debounce.settled(version, files)).isFalse();
    }
}
