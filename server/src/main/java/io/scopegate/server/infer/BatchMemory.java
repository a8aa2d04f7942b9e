package io.scopegate.server.infer;

import io.scopegate.inference.InputBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;

/**
 * Where one thread brings the frames of a batch together as one input. Frames that lie side by side are used in place;
 * others are copied. Owns the memory for the copies, which grows to the largest batch. One thread.
 */
public final class BatchMemory {

    private FloatBuffer copies = direct(0);

    /** Orders frames as they may lie side by side. */
    public static final Comparator<InputTensor> BY_PLACE = Comparator.comparingInt(InputTensor::row);

    /** Allocates direct memory for this many floats, in the machine's byte order. */
    static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Returns the frames as one input. Valid until the next call, and only while the frames' leases are open.
     *
     * @param frames at least one, all of one size, sorted {@link #BY_PLACE}
     */
    public InputBatch gather(List<InputTensor> frames) {
        InputTensor first = frames.getFirst();
        int elements = first.floats().limit();
        if (sideBySide(frames)) {
            return new InputBatch(first.rows().slice(first.row() * elements, frames.size() * elements), frames.size());
        }
        FloatBuffer into = room(frames.size() * elements);
        for (int i = 0; i < frames.size(); i++) {
            into.put(i * elements, frames.get(i).floats(), 0, elements);
        }
        return new InputBatch(into, frames.size());
    }

    /** Returns a black picture of this many elements as one input. What was gathered before is no longer valid. */
    public InputBatch black(int elements) {
        FloatBuffer zeros = room(elements);
        for (int k = 0; k < elements; k++) {
            zeros.put(k, 0);
        }
        return new InputBatch(zeros, 1);
    }

    /** Returns memory for this many floats. What was gathered before is no longer valid. */
    public FloatBuffer room(int floats) {
        if (copies.capacity() < floats) {
            copies = direct(floats);
        }
        return copies.slice(0, floats);
    }

    private static boolean sideBySide(List<InputTensor> frames) {
        for (int i = 1; i < frames.size(); i++) {
            if (!frames.get(i).follows(frames.get(i - 1))) {
                return false;
            }
        }
        return true;
    }
}
