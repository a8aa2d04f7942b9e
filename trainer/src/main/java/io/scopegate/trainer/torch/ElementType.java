package io.scopegate.trainer.torch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of tensor elements that are read, each by the name of PyTorch's storage class. */
enum ElementType {
    FLOAT32("FloatStorage", Float.BYTES) {
        @Override
        float floatAt(ByteBuffer bytes, int offset) {
            return bytes.getFloat(offset);
        }
    },
    FLOAT64("DoubleStorage", Double.BYTES) {
        @Override
        float floatAt(ByteBuffer bytes, int offset) {
            return (float) bytes.getDouble(offset);
        }
    },
    FLOAT16("HalfStorage", Short.BYTES) {
        @Override
        float floatAt(ByteBuffer bytes, int offset) {
            return Float.float16ToFloat(bytes.getShort(offset));
        }
    },
    BFLOAT16("BFloat16Storage", Short.BYTES) {
        @Override
        float floatAt(ByteBuffer bytes, int offset) {
            return Float.intBitsToFloat(bytes.getShort(offset) << Short.SIZE);
        }
    },
    INT64("LongStorage", Long.BYTES) {
        @Override
        float floatAt(ByteBuffer bytes, int offset) {
            return bytes.getLong(offset);
        }
    };

    private final String storageClass;
    private final int bytes;

    ElementType(String storageClass, int bytes) {
        this.storageClass = storageClass;
        this.bytes = bytes;
    }

    /** Size of one element. */
    int bytes() {
        return bytes;
    }

    /** Name of the class in Python's module {@code torch}. */
    String storageClass() {
        return storageClass;
    }

    /** The element at a byte offset of little-endian bytes, rounded to float32. */
    abstract float floatAt(ByteBuffer bytes, int offset);

    static Optional<ElementType> ofStorageClass(String name) {
        return Arrays.stream(values())
                .filter(type -> type.storageClass.equals(name))
                .findFirst();
    }
}
