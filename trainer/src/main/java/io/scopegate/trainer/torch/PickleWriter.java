package io.scopegate.trainer.torch;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes values as PyTorch's pickles represent them, in protocol 2 and without a memo. */
final class PickleWriter {

    private static final int PROTOCOL = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        operation(Opcode.PROTO);
        out.write(PROTOCOL);
    }

    PickleWriter operation(Opcode opcode) {
        out.write(opcode.code());
        return this;
    }

    PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return operation(Opcode.BINUNICODE).number(utf8.length).bytes(utf8);
    }

    PickleWriter whole(long value) {
        return operation(Opcode.BININT).number(Math.toIntExact(value));
    }

    PickleWriter name(String module, String name) {
        return operation(Opcode.GLOBAL).bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    PickleWriter flag(boolean flag) {
        return operation(flag ? Opcode.NEWTRUE : Opcode.NEWFALSE);
    }

    /** Writes a contiguous tensor that is the whole storage {@code data/RECORD}. */
    PickleWriter tensor(int record, ElementType type, Shape shape, boolean gradient) {
        name("torch._utils", "_rebuild_tensor_v2").operation(Opcode.MARK);
        operation(Opcode.MARK).text("storage").name("torch", type.storageClass());
        text(String.valueOf(record)).text("cpu").whole(shape.size());
        operation(Opcode.TUPLE).operation(Opcode.BINPERSID).whole(0);
        tuple(shape.getShape()).tuple(strides(shape)).flag(gradient);
        return dictionary().operation(Opcode.TUPLE).operation(Opcode.REDUCE);
    }

    /** Writes an empty {@code OrderedDict}. */
    PickleWriter dictionary() {
        return name("collections", "OrderedDict").operation(Opcode.EMPTY_TUPLE).operation(Opcode.REDUCE);
    }

    private PickleWriter tuple(long... values) {
        operation(Opcode.MARK);
        for (long value : values) {
            whole(value);
        }
        return operation(Opcode.TUPLE);
    }

    private static long[] strides(Shape shape) {
        long[] strides = new long[shape.dimension()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        return strides;
    }

    private PickleWriter number(int value) {
        return bytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private PickleWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Ends the pickle and returns its bytes. */
    byte[] finish() {
        return operation(Opcode.STOP).out.toByteArray();
    }
}
