package io.scopegate.client;

import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.StreamAccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a stream: its frames, answers, model, clocks and end. Guarded by its owner's lock. */
final class StreamState {
    private final TimeSource time;
    private final UnansweredFrames unanswered = new UnansweredFrames();
    private final Deliveries deliveries = new Deliveries();
    private final ClockSync clocks = new ClockSync();
    private final CurrentVerdict currentVerdict;

    private @Nullable AcceptedStream accepted;
    private @Nullable ServedModel model;
    private @Nullable StreamEnd end;
    private int credits;
    private boolean draining;

    StreamState(TimeSource time) {
        this.time = time;
        this.currentVerdict = new CurrentVerdict(time);
    }

    boolean isAccepted() {
        return accepted != null;
    }

    AcceptedStream accepted() {
        return Objects.requireNonNull(accepted);
    }

    ServedModel model() {
        return Objects.requireNonNull(model);
    }

    int credits() {
        return credits;
    }

    boolean draining() {
        return draining;
    }

    boolean hasUnanswered() {
        return unanswered.size() > 0;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    ClockSync clocks() {
        return clocks;
    }

    /** May be read without the lock. */
    CurrentVerdict currentVerdict() {
        return currentVerdict;
    }

    Optional<StreamEnd> end() {
        return Optional.ofNullable(end);
    }

    boolean live() {
        return end == null;
    }

    /**
     * Returns whether a credit is free. An answer that has not been handed out holds its credit, so that a slow
     * application slows the sender down.
     */
    boolean hasCredit() {
        return unanswered.size() + deliveries.answers() < credits;
    }

    /** Returns the total size of the messages of all unanswered frames. */
    long unansweredBytes() {
        return unanswered.bytes();
    }

    void sent(Frame frame, Moment called) {
        unanswered.add(SentFrame.of(frame, called));
    }

    /**
     * Processes a message from the server.
     *
     * @param received when it arrived, by the client's wall clock
     * @return what to send to the server at once, if anything
     * @throws ProtocolBreach if the contract forbids the message at this point
     * @throws RuntimeException if it contains an impossible time or number
     */
    Optional<ClockProbe> receive(ClassifyStreamResponse message, Instant received) {
        if (accepted == null && !message.hasAccepted()) {
            throw new ProtocolBreach(message.getMessageCase() + " before the stream was accepted");
        }
        switch (message.getMessageCase()) {
            case ACCEPTED -> accept(message.getAccepted());
            case ANSWER -> answered(message.getAnswer());
            case CREDIT -> credits = AcceptedReader.credits(message.getCredit().getCredits());
            case MODEL_CHANGED -> modelChanged(AcceptedReader.read(message.getModelChanged()));
            case DRAINING -> drain(ProtoTime.duration(message.getDraining().getTimeLeft()));
            case CLOCK_REPLY, MESSAGE_NOT_SET -> {
                // A reply is handled below. A message that only a newer server knows can be ignored.
            }
        }
        var reply = message.hasAccepted() ? message.getAccepted().getClockReply() : message.getClockReply();
        return clocks.finish(reply, received);
    }

    /**
     * Ends the stream, and answers the frames that the server has left open. Only the first end counts: returns false
     * for any other.
     */
    boolean end(AnswerStatus status, Reason reason) {
        if (end != null) {
            return false;
        }
        currentVerdict.ended();
        List<SentFrame> abandoned = unanswered.abandoned();
        for (SentFrame frame : abandoned) {
            Duration waited = time.since(frame.sent());
            deliveries.add(new Delivery.Answered(AnswerReader.abandoned(frame, reason, status, waited)));
        }
        StreamEnd ended = new StreamEnd(status, abandoned.size());
        end = ended;
        deliveries.add(new Delivery.Ended(ended));
        return true;
    }

    private void accept(StreamAccepted message) {
        if (accepted != null) {
            throw new ProtocolBreach("the stream was accepted twice");
        }
        AcceptedStream settled = AcceptedReader.read(message);
        accepted = settled;
        model = settled.model();
        credits = settled.credits();
    }

    private void answered(io.scopegate.proto.v1.FrameAnswer answer) {
        SentFrame frame = unanswered.next(answer.getFrameId());
        FrameAnswer read = AnswerReader.read(answer, frame, time.since(frame.sent()));
        currentVerdict.answered(read, frame.sent());
        var delivery = new Delivery.Answered(read);
        // Removed only now: if its answer cannot be read, the frame is still there to be abandoned.
        unanswered.remove();
        deliveries.add(delivery);
    }

    private void modelChanged(ServedModel next) {
        model = next;
        deliveries.add(new Delivery.ModelChange(next));
    }

    private void drain(Duration timeLeft) {
        draining = true;
        deliveries.add(new Delivery.Drain(timeLeft));
    }
}
