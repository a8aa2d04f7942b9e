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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxNetworkTest {

    @TempDir
    Path folder;

    @Test
    void networkThatGivesNoTwoLogitsIsRefusedByItsOutput() throws IOException {
        Path file = folder.resolve("same.onnx");
        try (OutputStream out = Files.newOutputStream(file)) {
            same().writeTo(out);
        }

        try (OnnxNetwork network = new OnnxNetwork(file)) {
            assertThat(network.input()).isEqualTo("frame");
            assertThat(network.output()).isEqualTo("again");
            assertThatThrownBy(() -> network.logits(new float[InputShape.REFERENCE.elements()]))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": output: again: float32, shape [1, 2], not ");
        }
    }

    private static ModelProto same() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(GraphProto.newBuilder()
                        .setName("same")
                        .addInput(OnnxTensors.batchOf("frame", 3, 256, 256))
                        .addOutput(OnnxTensors.batchOf("again", 3, 256, 256))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Identity")
                                .addInput("frame")
                                .addOutput("again")))
                .build();
    }
}
