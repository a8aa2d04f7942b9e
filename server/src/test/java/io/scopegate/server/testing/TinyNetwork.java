package io.scopegate.server.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ONNX networks of a few hundred bytes, written field by field: the largest value of each channel of the input, then
 * one Gemm, then at will a logarithm. Field numbers are those of onnx.proto.
 *
 * @param width axis 2 of the input
 * @param height axis 3 of the input
 * @param weights three channels by outputs
 * @param bias one for each output
 * @param logarithm gives not-a-number wherever the Gemm gives less than zero
 */
public record TinyNetwork(int width, int height, float[][] weights, float[] bias, boolean logarithm) {

    private static final int FLOAT = 1;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    /** In body where the red channel's largest z-score is above 2: {@code 4 * max - 8} against 0. */
    public static TinyNetwork spotDetector() {
        return new TinyNetwork(256, 256, new float[][] {{4, 0}, {0, 0}, {0, 0}}, new float[] {-8, 0}, false);
    }

    /** Not-a-number where the red channel's largest z-score is below 2. */
    public static TinyNetwork nanWithoutSpot() {
        return new TinyNetwork(256, 256, new float[][] {{4, 0}, {0, 0}, {0, 0}}, new float[] {-8, 1}, true);
    }

    public byte[] onnx() {
        return message(model -> {
            model.writeInt64(1, IR_VERSION);
            model.writeByteArray(7, graph());
            model.writeByteArray(8, message(opset -> opset.writeInt64(2, OPSET)));
        });
    }

    private byte[] graph() {
        return message(graph -> {
            graph.writeByteArray(1, node("ReduceMax", "largest", "INPUT__0"));
            graph.writeByteArray(1, node("Gemm", logarithm ? "score" : "OUTPUT__0", "largest", "weights", "bias"));
            if (logarithm) {
                graph.writeByteArray(1, node("Log", "OUTPUT__0", "score"));
            }
            graph.writeString(2, "tiny");
            graph.writeByteArray(5, tensor("weights", flat(weights), weights.length, bias.length));
            graph.writeByteArray(5, tensor("bias", bias, bias.length));
            graph.writeByteArray(11, value("INPUT__0", 3, width, height));
            graph.writeByteArray(12, value("OUTPUT__0", bias.length));
        });
    }

    private static byte[] node(String operator, String output, String... inputs) {
        return message(node -> {
            for (String input : inputs) {
                node.writeString(1, input);
            }
            node.writeString(2, output);
            node.writeString(4, operator);
            if (operator.equals("ReduceMax")) {
                node.writeByteArray(5, attribute("axes", 7, 8, 2, 3));
                node.writeByteArray(5, attribute("keepdims", 2, 3, 0));
            }
        });
    }

    private static byte[] attribute(String name, int type, int field, int... values) {
        return message(attribute -> {
            attribute.writeString(1, name);
            for (int value : values) {
                attribute.writeInt64(field, value);
            }
            attribute.writeInt32(20, type);
        });
    }

    private static byte[] tensor(String name, float[] values, int... shape) {
        return message(tensor -> {
            for (int dimension : shape) {
                tensor.writeInt64(1, dimension);
            }
            tensor.writeInt32(2, FLOAT);
            tensor.writeString(8, name);
            ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            raw.asFloatBuffer().put(values);
            tensor.writeBytes(9, ByteString.copyFrom(raw));
        });
    }

    private static byte[] value(String name, int... shape) {
        byte[] dimensions = message(out -> {
            out.writeByteArray(1, message(batch -> batch.writeString(2, "N")));
            for (int dimension : shape) {
                out.writeByteArray(1, message(size -> size.writeInt64(1, dimension)));
            }
        });
        byte[] tensorType = message(out -> {
            out.writeInt32(1, FLOAT);
            out.writeByteArray(2, dimensions);
        });
        return message(out -> {
            out.writeString(1, name);
            out.writeByteArray(2, message(type -> type.writeByteArray(1, tensorType)));
        });
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return flat;
    }

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
