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

/** What a stream knows: its frames, its answers, its model, its clocks, its end. Guarded by its owner's lock. */
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

    /** An answer that has not been given out holds its credit, so that a slow application slows the sender down. */
    boolean hasCredit() {
        return unanswered.size() + deliveries.answers() < credits;
    }

    /** Of the messages of all frames that are not answered. */
    long unansweredBytes() {
        return unanswered.bytes();
    }

    void sent(Frame frame, Moment called) {
        unanswered.add(SentFrame.of(frame, called));
    }

    /**
     * Takes in a message of the server.
     *
     * @param received when it came, by the client's wall clock
     * @return what the server is to be told at once
     * @throws ProtocolBreach if the contract forbids it here
     * @throws RuntimeException if it holds a time or a number that cannot be
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
                // A reply is dealt with below; what only a newer server knows, nothing depends on.
            }
        }
        var reply = message.hasAccepted() ? message.getAccepted().getClockReply() : message.getClockReply();
        return clocks.finish(reply, received);
    }

    /** Answers what the server has left open. Only the first end counts: false if there was one. */
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
        // Only now, so that a frame whose answer cannot be read is still there to be abandoned.
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
