package io.scopegate.server.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX network of a few hundred bytes, written field by field: it takes the largest value of each input channel,
 * applies one Gemm, then the operator that {@code end} names. The field numbers are those of onnx.proto.
 *
 * @param width axis 2 of the input
 * @param height axis 3 of the input
 * @param weights three channels by outputs
 * @param bias one for each output
 * @param end what follows the Gemm
 */
public record TinyNetwork(int width, int height, float[][] weights, float[] bias, End end) {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int BOOL = 9;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final byte[] KEEP_NO_AXIS = attribute("keepdims", 2, 3, 0);

    /** What follows the Gemm. */
    public enum End {
        NONE,
        /** Returns NaN wherever the Gemm gives less than zero. */
        LOGARITHM,
        /** Loops for ever unless some output of the Gemm is at least one. */
        LOOP
    }

    /**
     * Returns a network that says in body if the red channel's largest z-score is above 2. Its logits are {@code 4 *
     * max - 8} and 0.
     */
    public static TinyNetwork spotDetector() {
        return new TinyNetwork(256, 256, new float[][] {{4, 0}, {0, 0}, {0, 0}}, new float[] {-8, 0}, End.NONE);
    }

    /**
     * Returns a network that says out of body if the red channel's largest z-score is above 2. Its logits are {@code 8
     * - 4 * max} and 0.
     */
    public static TinyNetwork spotRefuser() {
        return new TinyNetwork(256, 256, new float[][] {{-4, 0}, {0, 0}, {0, 0}}, new float[] {8, 0}, End.NONE);
    }

    /** Returns a network that gives NaN if the red channel's largest z-score is below 2. */
    public static TinyNetwork nanWithoutSpot() {
        return new TinyNetwork(256, 256, new float[][] {{4, 0}, {0, 0}, {0, 0}}, new float[] {-8, 1}, End.LOGARITHM);
    }

    /** Returns the spot detector, except that it never returns if the red channel's largest z-score is below 2. */
    public static TinyNetwork endlessWithoutSpot() {
        TinyNetwork detector = spotDetector();
        return new TinyNetwork(256, 256, detector.weights(), detector.bias(), End.LOOP);
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
            byte[] eachChannel = attribute("axes", 7, 8, 2, 3);
            graph.writeByteArray(1, node("ReduceMax", "largest", List.of(eachChannel, KEEP_NO_AXIS), "INPUT__0"));
            graph.writeByteArray(
                    1, node("Gemm", end == End.NONE ? "OUTPUT__0" : "score", List.of(), "largest", "weights", "bias"));
            switch (end) {
                case NONE -> {}
                case LOGARITHM -> graph.writeByteArray(1, node("Log", "OUTPUT__0", List.of(), "score"));
                case LOOP -> writeLoop(graph);
            }
            graph.writeString(2, "tiny");
            graph.writeByteArray(5, tensor("weights", flat(weights), weights.length, bias.length));
            graph.writeByteArray(5, tensor("bias", bias, bias.length));
            graph.writeByteArray(11, value("INPUT__0", 3, width, height));
            graph.writeByteArray(12, value("OUTPUT__0", bias.length));
        });
    }

    private static void writeLoop(CodedOutputStream graph) throws IOException {
        byte[] body = message(attribute -> {
            attribute.writeString(1, "body");
            attribute.writeByteArray(6, loopBody());
            attribute.writeInt32(20, 5);
        });
        graph.writeByteArray(1, node("ReduceMax", "most", List.of(KEEP_NO_AXIS), "score"));
        graph.writeByteArray(1, node("Less", "again", List.of(), "most", "one"));
        graph.writeByteArray(1, node("Loop", "OUTPUT__0", List.of(body), "", "again", "score"));
        graph.writeByteArray(5, tensor("one", new float[] {1}));
    }

    private static byte[] loopBody() {
        return message(body -> {
            body.writeByteArray(1, node("Identity", "again_out", List.of(), "again_in"));
            body.writeByteArray(1, node("Identity", "score_out", List.of(), "score_in"));
            body.writeString(2, "body");
            body.writeByteArray(11, scalar("round", INT64));
            body.writeByteArray(11, scalar("again_in", BOOL));
            body.writeByteArray(11, value("score_in", 2));
            body.writeByteArray(12, scalar("again_out", BOOL));
            body.writeByteArray(12, value("score_out", 2));
        });
    }

    private static byte[] node(String operator, String output, List<byte[]> attributes, String... inputs) {
        return message(node -> {
            for (String input : inputs) {
                node.writeString(1, input);
            }
            node.writeString(2, output);
            node.writeString(4, operator);
            for (byte[] attribute : attributes) {
                node.writeByteArray(5, attribute);
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
        return typed(name, FLOAT, dimensions);
    }

    private static byte[] scalar(String name, int type) {
        return typed(name, type, new byte[0]);
    }

    private static byte[] typed(String name, int elements, byte[] shape) {
        byte[] tensorType = message(out -> {
            out.writeInt32(1, elements);
            out.writeByteArray(2, shape);
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
