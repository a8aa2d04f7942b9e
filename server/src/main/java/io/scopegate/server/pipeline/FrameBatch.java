package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.infer.BatchMemory;
import io.scopegate.server.infer.FaultLog;
import io.scopegate.server.model.ModelLease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A batch: frames of one model, from any number of streams, that are judged in one run. Owns their places at the
 * network. Used by one thread, except where stated.
 */
final class FrameBatch {

    private static final FaultLog NOT_SETTLED =
            FaultLog.of(FrameBatch.class, "failed to pass on the outcome of a frame");

    private final ArrayList<PreparedFrame> members = new ArrayList<>(1);

    /**
     * Allocates space for one more frame, so that {@link #add} does not have to. Space for the first is there from the
     * start.
     */
    void makeRoom() {
        members.ensureCapacity(members.size() + 1);
    }

    void add(PreparedFrame frame) {
        members.add(frame);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    int size() {
        return members.size();
    }

    /** Returns the model of the frames, or null if the batch is empty. */
    @Nullable
    ModelLease model() {
        return members.isEmpty() ? null : members.getFirst().model();
    }

    /** Returns whether another frame may join. False while the batch is empty: the first frame decides on the model. */
    boolean hasRoom() {
        ModelLease model = model();
        return model != null && members.size() < model.maxBatch();
    }

    /** Returns the frames; after {@link #settleSome}, in the order in which their tensors lie in memory. */
    List<PreparedFrame> members() {
        return List.copyOf(members);
    }

    /**
     * Settles and removes the frames for which the function returns an outcome, and sorts the others by where their
     * tensors lie.
     */
    void settleSome(Function<PreparedFrame, @Nullable FrameOutcome> early) {
        members.removeIf(member -> {
            FrameOutcome outcome = early.apply(member);
            if (outcome != null) {
                member.close();
                settle(member, outcome);
            }
            return outcome != null;
        });
        members.sort(Comparator.comparing(PreparedFrame::tensor, BatchMemory.BY_PLACE));
    }

    /**
     * Settles all frames with this outcome because their run does not return. Their places stay reserved for the run.
     * Any thread.
     */
    void settleUnreturned(FrameOutcome outcome) {
        for (int i = 0; i < members.size(); i++) {
            settle(members.get(i), outcome);
        }
    }

    /**
     * Frees all places, then tells each frame's stream its outcome.
     *
     * @param outcomes one for each of {@link #members()}, in that order
     */
    void settle(List<FrameOutcome> outcomes) {
        close();
        for (int i = 0; i < members.size(); i++) {
            settle(members.get(i), outcomes.get(i));
        }
    }

    /**
     * Frees all places and settles with this outcome every frame that has none yet, whatever has failed. Does not
     * allocate, and never throws.
     */
    void settleRest(FrameOutcome outcome) {
        close();
        settleUnreturned(outcome);
    }

    /** A fault in this must not keep the other frames of the batch from their answers. */
    private static void settle(PreparedFrame member, FrameOutcome outcome) {
        try {
            member.settle(outcome);
        } catch (RuntimeException | Error e) {
            NOT_SETTLED.say(e);
        }
    }

    private void close() {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).close();
        }
    }
}
