package io.scopegate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.bench.target.BareModel;
import io.scopegate.cli.bench.target.TargetOptions;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.sampledata.FrameSize;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NullModelTest {

    @Test
    void nullModelRunsAndIsDeletedOnClose() throws Exception {
        SentPictures pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse("64x64"));
        Path directory;

        try (NullModel model = NullModel.publish()) {
            directory = model.published().directory();
            try (BareModel bare = BareModel.open(onProcessors(), model.published(), ExecutionTarget.CPU)) {
                BareModel.Figures figures = bare.measure(pictures.first(), 1, (runs, elapsed) -> runs == 3);
                assertThat(figures.run().count()).isEqualTo(3);
            }
        }

        assertThat(directory).doesNotExist();
    }

    private static SessionFactory onProcessors() {
        return new TargetOptions().sessions();
    }
}
