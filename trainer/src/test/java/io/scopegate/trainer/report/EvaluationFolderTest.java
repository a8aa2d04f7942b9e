package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationFolderTest {

    @TempDir
    Path folder;

    /** The disk is full for one of the three files: all three keep the content of the earlier evaluation. */
    @ParameterizedTest
    @ValueSource(strings = {"metrics.csv", "metrics.json", "report.html"})
    void diskThatIsFullForOneFileLeavesAllOfAnEarlierEvaluation(String name) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a system without /dev/full");
        List<String> names = List.of("metrics.csv", "metrics.json", "report.html");
        for (String each : names) {
            Files.writeString(folder.resolve(each), "earlier");
        }
        Files.createSymbolicLink(folder.resolve("." + name + ".draft"), full);

        assertThatThrownBy(() -> EvaluationFolder.write(
                        folder, report(new Evaluation(List.of(), List.of())), JsonNodeFactory.instance.objectNode()))
                .hasMessageEndingWith(name + ": not written: No space left on device");

        assertThat(names).allSatisfy(each -> assertThat(folder.resolve(each)).hasContent("earlier"));
    }

    private static EvaluationReport report(Evaluation evaluation) {
        return new EvaluationReport(
                new Subject(
                        "tiny/1",
                        Subject.Digest.ofModel("sha256:00"),
                        ExecutionTarget.CPU,
                        "Split test",
                        "00",
                        Instant.EPOCH),
                evaluation,
                Metrics.of(evaluation, 0.5, FrameTimes.NONE),
                List.of(),
                Optional.empty(),
                true);
    }
}
