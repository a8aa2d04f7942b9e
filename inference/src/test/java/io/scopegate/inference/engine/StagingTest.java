package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    @TempDir
    Path directory;

    @Test
    void undeletableStagingFolderIsReportedAndBlocksNoBuild() throws Exception {
        EngineKey stubborn = SampleEngine.key('b');
        Path stays = staging(stubborn);
        Files.createDirectory(directory.resolve("." + stubborn.directoryName() + ".lock"));
        Path goes = staging(SampleEngine.key('c'));
        List<String> reports = new ArrayList<>();

        Path engine = new EngineStore(directory, Clock.systemUTC(), reports::add)
                .build(SampleEngine.key('a'), SampleEngine::build);

        assertThat(engine).isDirectory();
        assertThat(stays).isDirectory();
        assertThat(goes).doesNotExist();
        assertThat(reports).singleElement().asString().startsWith(directory + ": cannot be cleaned: " + stays);
    }

    private Path staging(EngineKey key) throws IOException {
        return Files.createDirectory(directory.resolve("." + key.directoryName() + ".staging"));
    }
}
