package io.scopegate.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation.Unjudged;
import io.scopegate.trainer.export.NullNetwork;
import io.scopegate.trainer.export.OnnxNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    @TempDir
    Path folder;

    @Test
    void frameThatCannotBeReadIsNotJudgedAndTheReasonSaysWhy() throws IOException {
        Path file = folder.resolve("network.onnx");
        NullNetwork.write("in", "out", file);
        LabelledFrame gone = new LabelledFrame(folder.resolve("gone.jpg"), Label.IN_BODY, "v");

        try (OnnxNetwork network = new OnnxNetwork(file)) {
            Evaluation evaluation = Evaluation.run(network, List.of(gone), 0.5, done -> {});

            assertThat(evaluation.unjudged())
                    .containsExactly(new Unjudged(gone, gone.file() + ": no such file or folder"));
        }
    }
}
