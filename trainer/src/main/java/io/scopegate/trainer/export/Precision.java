package io.scopegate.trainer.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import onnx.Onnx.TensorProto.DataType;

/** The precision of an exported network, and how close its answers have to be to the trained network's. */
public enum Precision {
    /** float32. Logits must agree within 1e-4, relative to the trained network's largest logit where that is over 1. */
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
    /** float16. Probabilities must agree within 1e-2. */
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

    /** Returns the name as typed on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    DataType type() {
        return type;
    }

    /** Returns the largest difference that is accepted. */
    public double tolerance() {
        return tolerance;
    }

    /** Returns what is compared, in words. */
    public String compared() {
        return compared;
    }

    /** Encodes the values as they are in the file, little endian. */
    abstract ByteBuffer encode(float[] values);

    /** Returns the difference of two answers. It is NaN if a logit is NaN, so that such a network fails the check. */
    abstract double difference(float[] trained, float[] exported);

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the probability of the first of two classes. */
    private static double first(float[] logits) {
        return 1 / (1 + Math.exp((double) logits[1] - logits[0]));
    }
}
