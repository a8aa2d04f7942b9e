package io.scopegate.trainer.torch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory of a pickle's operations: a stack with marks, and a memo. */
final class PickleStack {

    private static final int MOST_REMEMBERED = 1 << 20;

    private final List<Pickled> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final List<@Nullable Pickled> memo = new ArrayList<>();

    void push(Pickled value) {
        values.add(value);
    }

    void mark() {
        marks.add(values.size());
    }

    Pickled pop() throws IOException {
        requireOne();
        return values.removeLast();
    }

    Pickled peek() throws IOException {
        requireOne();
        return values.getLast();
    }

    private void requireOne() throws IOException {
        int bottom = marks.isEmpty() ? 0 : marks.getLast();
        if (values.size() <= bottom) {
            throw new IOException("a value on the stack, not none");
        }
    }

    /** Removes and returns the last values, in the order in which they were pushed. */
    List<Pickled> pop(int count) throws IOException {
        List<Pickled> popped = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            popped.addFirst(pop());
        }
        return popped;
    }

    /** Removes and returns the values since the last mark, and removes the mark. */
    List<Pickled> popToMark() throws IOException {
        if (marks.isEmpty()) {
            throw new IOException("a mark on the stack, not none");
        }
        List<Pickled> above = values.subList(marks.removeLast(), values.size());
        List<Pickled> popped = new ArrayList<>(above);
        above.clear();
        return popped;
    }

    void remember(long slot) throws IOException {
        if (slot < 0 || slot >= MOST_REMEMBERED) {
            throw new IOException("a memo slot of 0.." + (MOST_REMEMBERED - 1) + ", not " + slot);
        }
        while (memo.size() <= slot) {
            memo.add(null);
        }
        memo.set((int) slot, peek());
    }

    Pickled recall(long slot) throws IOException {
        Pickled value = slot < 0 || slot >= memo.size() ? null : memo.get((int) slot);
        if (value == null) {
            throw new IOException("a memo slot that was filled, not " + slot);
        }
        return value;
    }
}
