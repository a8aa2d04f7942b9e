package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.infer.BatchMemory;
import io.scopegate.server.infer.InputTensor;
import io.scopegate.server.model.ModelLease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Frames of one model that are judged in one run, from any streams. Owns their places at the network. */
final class FrameBatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FrameBatch.class);

    private final List<Member> members = new ArrayList<>();

    /**
     * One frame of the batch.
     *
     * @param stream that it comes from
     * @param frame with its place
     */
    record Member(FrameStream stream, PreparedFrame frame) {

        FrameJob job() {
            return frame.job();
        }

        InputTensor tensor() {
            return frame.place().tensor().tensor();
        }

        private void settle(FrameOutcome outcome) {
            try {
                stream.settledByNetwork(job(), outcome);
            } catch (RuntimeException | Error e) {
                // The other frames of the batch are answered all the same.
                LOG.error("a frame's answer could not be given", e);
            }
        }
    }

    void add(FrameStream stream, PreparedFrame frame) {
        members.add(new Member(stream, frame));
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
        return members.isEmpty() ? null : members.getFirst().frame().place().model();
    }

    /** Whether another frame may join; not before the first. */
    boolean hasRoom() {
        ModelLease model = model();
        return model != null && members.size() < model.maxBatch();
    }

    /** In the order in which their tensors lie. */
    List<Member> members() {
        return List.copyOf(members);
    }

    /** Lets those go that have an outcome already, and sorts the others by where their tensors lie. */
    void settleSome(Function<Member, @Nullable FrameOutcome> early) {
        members.removeIf(member -> {
            FrameOutcome outcome = early.apply(member);
            if (outcome != null) {
                member.frame().close();
                member.settle(outcome);
            }
            return outcome != null;
        });
        members.sort(Comparator.comparing(Member::tensor, BatchMemory.BY_PLACE));
    }

    /** Its run does not return: all frames get this outcome, while their places are still the run's. Any thread. */
    void settleUnreturned(FrameOutcome outcome) {
        members.forEach(member -> member.settle(outcome));
    }

    /** Frees all places, then tells each frame's stream what became of it. */
    void settle(List<FrameOutcome> outcomes) {
        close();
        for (int i = 0; i < members.size(); i++) {
            members.get(i).settle(outcomes.get(i));
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.frame().close());
    }
}
