package io.scopegate.trainer.export;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.network.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * A network of a single node that costs next to nothing to run. Its two logits are the first element of the input's red
 * channel and that of its green channel. Takes one frame per run: from a larger batch it would read only the first
 * frame.
 */
public final class NullNetwork {

    private static final int IR_VERSION = 8;
    private static final String PLACES = "places";

    private NullNetwork() {}

    /**
     * Writes the network as ONNX.
     *
     * @param inputTensor name of the input, {@code [N, 3, 256, 256]}
     * @param outputTensor name of the output, {@code [N, 2]}
     */
    public static void write(String inputTensor, String outputTensor, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            model(graph(inputTensor, outputTensor)).writeTo(out);
        }
    }

    private static ModelProto model(GraphProto graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("scopegate")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxExport.OPERATOR_SET))
                .setGraph(graph)
                .build();
    }

    private static GraphProto graph(String inputTensor, String outputTensor) {
        InputShape input = InputShape.REFERENCE;
        NodeProto gather = NodeProto.newBuilder()
                .setOpType("GatherND")
                .setName("logits")
                .addInput(inputTensor)
                .addInput(PLACES)
                .addOutput(outputTensor)
                .build();
        return GraphProto.newBuilder()
                .setName("null")
                .addInput(OnnxTensors.batchOf(inputTensor, InputShape.CHANNELS, input.width(), input.height()))
                .addOutput(OnnxTensors.batchOf(outputTensor, Architecture.CLASSES))
                .addInitializer(OnnxTensors.tensor(PLACES, places(), DataType.INT64, 1, Architecture.CLASSES, 4))
                .addNode(gather)
                .build();
    }

    /** Returns the position of each logit in the input: frame, channel, x and y. */
    private static ByteBuffer places() {
        ByteBuffer places =
                ByteBuffer.allocate(Architecture.CLASSES * 4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long channel = 0; channel < Architecture.CLASSES; channel++) {
            places.putLong(0).putLong(channel).putLong(0).putLong(0);
        }
        return places.flip();
    }
}
