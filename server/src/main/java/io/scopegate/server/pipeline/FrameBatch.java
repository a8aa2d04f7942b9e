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

/** Frames of one model that are judged in one run, from any streams. Owns their places at the network. */
final class FrameBatch {

    private static final FaultLog NOT_SETTLED =
            FaultLog.of(FrameBatch.class, "failed to pass on the outcome of a frame");

    private final ArrayList<PreparedFrame> members = new ArrayList<>(1);

    /** Takes the memory for one more, so that {@link #add} takes none. There is some for the first. */
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

    /** The model of all frames, or null while there is none. */
    @Nullable
    ModelLease model() {
        return members.isEmpty() ? null : members.getFirst().model();
    }

    /** Whether another frame may join; not before the first. */
    boolean hasRoom() {
        ModelLease model = model();
        return model != null && members.size() < model.maxBatch();
    }

    /** In the order in which their tensors lie. */
    List<PreparedFrame> members() {
        return List.copyOf(members);
    }

    /** Lets those go that have an outcome already, and sorts the others by where their tensors lie. */
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

    /** Its run does not return: all frames get this outcome, while their places are still the run's. Any thread. */
    void settleUnreturned(FrameOutcome outcome) {
        for (int i = 0; i < members.size(); i++) {
            settle(members.get(i), outcome);
        }
    }

    /** Frees all places, then tells each frame's stream what became of it. */
    void settle(List<FrameOutcome> outcomes) {
        close();
        for (int i = 0; i < members.size(); i++) {
            settle(members.get(i), outcomes.get(i));
        }
    }

    /** The same for all of which no outcome is known, whatever has failed: takes no memory, and never throws. */
    void settleRest(FrameOutcome outcome) {
        close();
        settleUnreturned(outcome);
    }

    /** The other frames of the batch are answered all the same. */
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
