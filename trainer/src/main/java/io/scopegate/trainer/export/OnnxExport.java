package io.scopegate.trainer.export;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;

/**
 * Writes a network as ONNX. The input {@code [N, 3, 256, 256]} and the output, raw logits {@code [N, 2]}, are float32
 * whatever the precision in between.
 *
 * @param inputTensor name of the input
 * @param outputTensor name of the output
 * @param operatorSet version of the ONNX operator set
 * @param precision precision of weights and arithmetic
 */
public record OnnxExport(String inputTensor, String outputTensor, int operatorSet, Precision precision) {

    /** The operator set version of published models. */
    public static final int OPERATOR_SET = 17;

    /** The oldest operator set version that can be written. */
    public static final int OLDEST_OPERATOR_SET = 13;

    /** The newest operator set version that can be written. */
    public static final int NEWEST_OPERATOR_SET = 21;

    public OnnxExport {
        if (operatorSet < OLDEST_OPERATOR_SET || operatorSet > NEWEST_OPERATOR_SET) {
            throw new IllegalArgumentException(
                    "opset: " + OLDEST_OPERATOR_SET + ".." + NEWEST_OPERATOR_SET + ", not " + operatorSet);
        }
        if (inputTensor.isBlank() || outputTensor.isBlank() || inputTensor.equals(outputTensor)) {
            throw new IllegalArgumentException("names of input and output: two different ones, not '" + inputTensor
                    + "' and '" + outputTensor + "'");
        }
    }

    /** Creates the export of published models: operator set 17, float32. */
    public OnnxExport(String inputTensor, String outputTensor) {
        this(inputTensor, outputTensor, OPERATOR_SET, Precision.FP32);
    }

    /** Writes or replaces the file completely, or leaves it as it was. The same weights always give the same bytes. */
    public void write(StateDict weights, Path file) throws IOException {
        WholeFile.write(file, model(weights)::writeTo);
    }

    private ModelProto model(StateDict weights) {
        return ModelProto.newBuilder()
                .setIrVersion(irVersion())
                .setProducerName("scopegate")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(operatorSet))
                .setGraph(graph(weights))
                .build();
    }

    /**
     * Returns the version of the file format that came with the operator set, so that runtimes of that age accept the
     * file.
     */
    private int irVersion() {
        if (operatorSet >= 21) {
            return 10;
        }
        if (operatorSet >= 19) {
            return 9;
        }
        return operatorSet >= 15 ? 8 : 7;
    }

    private GraphProto graph(StateDict weights) {
        InputShape input = InputShape.REFERENCE;
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("se-resnet")
                .addInput(OnnxTensors.batchOf(inputTensor, InputShape.CHANNELS, input.width(), input.height()))
                .addOutput(OnnxTensors.batchOf(outputTensor, Architecture.CLASSES));
        GraphLayers layers = new GraphLayers(weights, graph, precision);
        layers.output(weights.network().logits(layers, layers.input(inputTensor)), outputTensor);
        return graph.build();
    }
}
