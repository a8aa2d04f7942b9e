package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.metrics.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFolderTest {

    @TempDir
    Path folder;

    @Test
    void pageThatCannotBeMadeLeavesTheFilesOfAnEarlierEvaluation() throws IOException {
        Path earlier = Files.writeString(folder.resolve("metrics.csv"), "earlier");

        assertThatThrownBy(() -> EvaluationFolder.write(
                        folder, reportWithAPictureThatIsGone(), JsonNodeFactory.instance.objectNode()))
                .isInstanceOf(IOException.class);

        assertThat(earlier).hasContent("earlier");
        assertThat(folder).isDirectoryContaining(file -> file.equals(earlier));
        assertThat(folder.resolve("metrics.json")).doesNotExist();
    }

    private EvaluationReport reportWithAPictureThatIsGone() {
        LabelledFrame gone = new LabelledFrame(folder.resolve("gone.jpg"), Label.OUT_OF_BODY, "v");
        Answer wrong = new Answer(gone, new Score(-2, Label.OUT_OF_BODY), 0.5);
        Evaluation evaluation = new Evaluation(List.of(wrong), List.of());
        return new EvaluationReport(
                new Subject("tiny/1", "sha256:00", "Split test", "00", Instant.EPOCH),
                evaluation,
                Metrics.of(evaluation, 0.5, FrameTimes.NONE),
                Optional.empty(),
                true);
    }
}
