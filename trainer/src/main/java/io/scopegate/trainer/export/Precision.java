package io.scopegate.trainer.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import onnx.Onnx.TensorProto.DataType;

/** How exactly an exported network computes, and how near to the trained one it has to stay. */
public enum Precision {
    /** Logits within 1e-4; where logits are over 1, of the largest. */
    FP32(DataType.FLOAT, 1e-4, "logits") {
        @Override
        ByteBuffer encode(float[] values) {
            ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
            bytes.asFloatBuffer().put(values);
            return bytes;
        }

        @Override
        double difference(float[] trained, float[] exported) {
            double largest = 1;
            double difference = 0;
            for (int k = 0; k < trained.length; k++) {
                largest = Math.max(largest, Math.abs(trained[k]));
                difference = Math.max(difference, Math.abs(trained[k] - exported[k]));
            }
            return difference / largest;
        }
    },
    /** Probabilities within 1e-2. */
    FP16(DataType.FLOAT16, 1e-2, "probabilities") {
        @Override
        ByteBuffer encode(float[] values) {
            ByteBuffer bytes = littleEndian(Short.BYTES * values.length);
            for (float value : values) {
                bytes.putShort(Float.floatToFloat16(value));
            }
            return bytes.flip();
        }

        @Override
        double difference(float[] trained, float[] exported) {
            return Math.abs(first(trained) - first(exported));
        }
    };

    private final DataType type;
    private final double tolerance;
    private final String compared;

    Precision(DataType type, double tolerance, String compared) {
        this.type = type;
        this.tolerance = tolerance;
        this.compared = compared;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    DataType type() {
        return type;
    }

    /** By how much what is compared may differ. */
    public double tolerance() {
        return tolerance;
    }

    /** What is compared. */
    public String compared() {
        return compared;
    }

    /** The values as the file holds them, little endian. */
    abstract ByteBuffer encode(float[] values);

    /** Not a number if a logit is not, so that such a network fails. */
    abstract double difference(float[] trained, float[] exported);

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Probability of the first of two classes. */
    private static double first(float[] logits) {
        return 1 / (1 + Math.exp((double) logits[1] - logits[0]));
    }
}
