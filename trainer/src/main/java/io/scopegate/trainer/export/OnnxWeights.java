package io.scopegate.trainer.export;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.Convolution;
import io.scopegate.trainer.network.NetworkMatch;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TensorSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * Reads weights back from an ONNX file that {@link OnnxExport} wrote in float32. The export folded the batch norms into
 * the convolutions, so each batch norm comes back as one that only adds the bias. The network gives the same answers,
 * but its weights are not those that were trained.
 */
public final class OnnxWeights {

    private final SequencedMap<String, TensorProto> tensors = new LinkedHashMap<>();

    private OnnxWeights(ModelProto model) {
        model.getGraph().getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
    }

    /**
     * Reads the weights.
     *
     * @throws IOException if the file is not as {@link OnnxExport} writes it
     */
    public static StateDict read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new OnnxWeights(ModelProto.parseFrom(in)).stateDict();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private StateDict stateDict() {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, new Shape(tensor.getDimsList())));
        SeResNet network = NetworkMatch.recognise(shapes);
        return StateDict.of(network, this::values);
    }

    private float[] values(TensorSpec tensor) {
        return switch (tensor.role()) {
            case CONVOLUTION_WEIGHT, DENSE_WEIGHT, DENSE_BIAS -> stored(tensor.key(), tensor.elements());
            case NORM_BIAS -> stored(foldedBias(tensor.key()), tensor.elements());
            case NORM_WEIGHT -> filled(tensor, (float) Math.sqrt(1 + Convolution.NORM_EPSILON));
            case RUNNING_VARIANCE -> filled(tensor, 1);
            case RUNNING_MEAN -> filled(tensor, 0);
        };
    }

    /** Returns the name under which {@link GraphLayers} writes the bias that remains of a batch norm. */
    private static String foldedBias(String normBias) {
        return normBias.replace(".adn.N.", ".conv.").replace(".bn1.", ".conv1.");
    }

    private float[] stored(String name, int elements) {
        TensorProto tensor = tensors.get(name);
        int bytes = Float.BYTES * elements;
        if (tensor == null
                || tensor.getDataType() != DataType.FLOAT.getNumber()
                || tensor.getRawData().size() != bytes) {
            throw new IllegalArgumentException(name + ": " + elements + " float32 values as export writes them, not "
                    + (tensor == null ? "absent" : tensor.getRawData().size() + " bytes"));
        }
        FloatBuffer values = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] copy = new float[elements];
        values.get(copy);
        return copy;
    }

    private static float[] filled(TensorSpec tensor, float value) {
        float[] values = new float[tensor.elements()];
        Arrays.fill(values, value);
        return values;
    }
}
