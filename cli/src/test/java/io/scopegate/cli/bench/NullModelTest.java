package io.scopegate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.trainer.sampledata.FrameSize;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NullModelTest {

    @Test
    void itRunsAndIsGoneOnceClosed() throws Exception {
        SentPictures pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse("64x64"));
        Path directory;

        try (NullModel model = NullModel.publish()) {
            directory = model.published().directory();
            var figures = BareModel.measure(model.published(), 1, pictures.first(), Duration.ofNanos(1));
            assertThat(figures.run().count()).isPositive();
        }

        assertThat(directory).doesNotExist();
    }
}
