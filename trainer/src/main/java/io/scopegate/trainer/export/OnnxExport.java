package io.scopegate.trainer.export;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.StateDict;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;

/**
 * Writes a network as ONNX: operator set 17, IR version 8, float32, input {@code [N, 3, 256, 256]}, output
 * {@code [N, 2]} raw logits.
 *
 * @param inputTensor name of the input
 * @param outputTensor name of the output
 */
public record OnnxExport(String inputTensor, String outputTensor) {

    private static final int OPERATOR_SET = 17;
    private static final int IR_VERSION = 8;

    /** The same weights always give the same bytes. */
    public void write(StateDict weights, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            model(weights).writeTo(out);
        }
    }

    private ModelProto model(StateDict weights) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("scopegate")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph(weights))
                .build();
    }

    private GraphProto graph(StateDict weights) {
        InputShape input = InputShape.REFERENCE;
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("se-resnet")
                .addInput(OnnxTensors.batchOf(inputTensor, InputShape.CHANNELS, input.width(), input.height()))
                .addOutput(OnnxTensors.batchOf(outputTensor, Architecture.CLASSES));
        GraphLayers layers = new GraphLayers(weights, graph);
        layers.flatten(weights.network().logits(layers, inputTensor), outputTensor);
        return graph.build();
    }
}
