package io.scopegate.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.bundle.preprocess.InputShape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxNetworkTest {

    @TempDir
    Path folder;

    @Test
    void networkThatGivesNoTwoLogitsIsRefusedByItsOutput() throws IOException {
        Path file = write(same());

        try (OnnxNetwork network = new OnnxNetwork(file)) {
            assertThat(network.input()).isEqualTo("frame");
            assertThat(network.output()).isEqualTo("again");
            assertThatThrownBy(() -> network.logits(new float[InputShape.REFERENCE.elements()]))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": output: again: float32, shape [1, 2], not ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void networkThatAnswersAnotherNumberOfFramesIsRefusedByItsOutput(int rows) throws IOException {
        Path file = write(constant(rows).addInput(OnnxTensors.batchOf("frame", 3, 256, 256)));

        try (OnnxNetwork network = new OnnxNetwork(file)) {
            assertThatThrownBy(() -> network.logits(new float[InputShape.REFERENCE.elements()]))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": output: answer: float32, shape [1, 2], not ");
        }
    }

    @Test
    void damagedFileIsRefusedInOneClearLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));

        assertThatThrownBy(() -> new OnnxNetwork(text))
                .isInstanceOf(IOException.class)
                .hasMessage(text + ": not an ONNX model, or a truncated or damaged one");
        assertThatThrownBy(() -> new OnnxNetwork(empty))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(empty + ": ")
                .doesNotContain("\n", "Error code");
    }

    @Test
    void networkThatTakesNoFrameIsRefused() throws IOException {
        Path file = write(constant(1));

        assertThatThrownBy(() -> new OnnxNetwork(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": input: one, not 0");
    }

    /**
     * Returns a network whose answer is constant: {@code rows} rows of two zeros. It has no input unless the caller
     * adds one.
     */
    private static GraphProto.Builder constant(int rows) {
        return GraphProto.newBuilder()
                .setName("constant")
                .addInitializer(OnnxTensors.tensor(
                        "logits", Precision.FP32.encode(new float[2 * rows]), DataType.FLOAT, rows, 2))
                .addOutput(OnnxTensors.batchOf("answer", 2))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("logits")
                        .addOutput("answer"));
    }

    /** Returns a network whose output is its input, so that it gives no logits. */
    private static GraphProto.Builder same() {
        return GraphProto.newBuilder()
                .setName("same")
                .addInput(OnnxTensors.batchOf("frame", 3, 256, 256))
                .addOutput(OnnxTensors.batchOf("again", 3, 256, 256))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("frame")
                        .addOutput("again"));
    }

    private Path write(GraphProto.Builder graph) throws IOException {
        Path file = folder.resolve("network.onnx");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelProto.newBuilder()
                    .setIrVersion(8)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                    .setGraph(graph)
                    .build()
                    .writeTo(out);
        }
        return file;
    }
}
