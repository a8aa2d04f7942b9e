package io.scopegate.trainer.torch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The supported types of tensor elements, with the names of PyTorch's storage classes. */
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

    /** Returns the size of one element. */
    int bytes() {
        return bytes;
    }

    /** Returns the name of the class in Python's module {@code torch}. */
    String storageClass() {
        return storageClass;
    }

    /** Returns the element at a byte offset of a little-endian buffer, rounded to float32. */
    abstract float floatAt(ByteBuffer bytes, int offset);

    static Optional<ElementType> ofStorageClass(String name) {
        return Arrays.stream(values())
                .filter(type -> type.storageClass.equals(name))
                .findFirst();
    }
}
