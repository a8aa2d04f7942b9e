package io.scopegate.server.pipeline;

import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.infer.FaultLog;
import io.scopegate.server.verdict.StreamVerdict;
import org.jspecify.annotations.Nullable;

/**
 * The unanswered frames of one stream, oldest first. A frame is answered once it has its outcome and all frames before
 * it are answered; each answer advances the stream's verdict. Keeping frames does not allocate. If there is no memory
 * for an answer, the stream ends; nothing here throws. Guarded by its stream's lock.
 */
final class AnswerOrder {

    private static final FaultLog END_UNTOLD =
            FaultLog.of(AnswerOrder.class, "failed to notify a stream that all of its frames are answered");
    private static final FaultLog BREAK_UNTOLD =
            FaultLog.of(AnswerOrder.class, "failed to notify a stream that it cannot go on");
    private static final FaultLog ANSWER_NOT_GIVEN = FaultLog.of(AnswerOrder.class, "failed to send an answer");
    private static final FaultLog ANSWER_NOT_MADE =
            FaultLog.of(AnswerOrder.class, "failed to create the answer to a frame");
    private static final FaultLog NOT_ANSWERED =
            FaultLog.of(AnswerOrder.class, "failed to answer a frame; its stream ends");
    private static final Failed NO_ANSWER = new Failed(Reason.INTERNAL, "the answer to the frame could not be created");

    private final AnswerSink sink;
    private final ClockOffset clientClock;
    private final StreamVerdict verdict;
    private @Nullable FrameJob oldest;
    private @Nullable FrameJob newest;
    private int unanswered;
    private boolean finishing;
    private boolean over;
    private int abandoned;

    AnswerOrder(AnswerSink sink, ClockOffset clientClock, StreamVerdict verdict) {
        this.sink = sink;
        this.clientClock = clientClock;
        this.verdict = verdict;
    }

    void add(FrameJob job) {
        if (newest == null) {
            oldest = job;
        } else {
            newest.standBefore(job);
        }
        newest = job;
        unanswered++;
    }

    /** Also unlinks the frame from the next: a run may still hold it, and would keep all later frames in memory. */
    private void remove(FrameJob first) {
        oldest = first.next();
        newest = oldest == null ? null : newest;
        first.standBefore(null);
        unanswered--;
    }

    /** Notes that no more frames come: the sink is told once all are answered. */
    void finish() {
        finishing = true;
    }

    /**
     * Answers nothing from now on. Returns how many frames were left unanswered; further calls return the same number.
     */
    int abandon() {
        over = true;
        abandoned += unanswered;
        for (FrameJob job = oldest; job != null; job = oldest) {
            remove(job);
        }
        return abandoned;
    }

    /** Returns whether nothing will be answered any more. */
    boolean over() {
        return over;
    }

    int size() {
        return unanswered;
    }

    /** Answers every frame whose turn has come. The sink may abandon the stream meanwhile. */
    void release() {
        for (FrameJob job = oldest; job != null && !over; job = oldest) {
            FrameOutcome outcome = job.outcome();
            if (outcome == null) {
                return;
            }
            release(job, outcome);
        }
        if (finishing && !over) {
            over = true;
            tellFinished();
        }
    }

    private void release(FrameJob job, FrameOutcome outcome) {
        FrameAnswer answer = answer(job, outcome);
        if (answer == null) {
            abandon();
            tellBroken();
        } else {
            remove(job);
            tell(answer);
        }
    }

    private void tellFinished() {
        try {
            sink.finished();
        } catch (RuntimeException | Error e) {
            END_UNTOLD.say(e);
        }
    }

    private void tellBroken() {
        try {
            sink.broken();
        } catch (RuntimeException | Error e) {
            BREAK_UNTOLD.say(e);
        }
    }

    /** Sends one answer. A sink that throws has not answered the frame, and so gets no further answers. */
    private void tell(FrameAnswer answer) {
        try {
            sink.answer(answer);
        } catch (RuntimeException | Error e) {
            abandon();
            ANSWER_NOT_GIVEN.say(e);
        }
    }

    /** Returns the answer, or one that says that it could not be created, or null if not even that could be created. */
    private @Nullable FrameAnswer answer(FrameJob job, FrameOutcome outcome) {
        try {
            FrameVerdict next = verdict.next(job.header(), outcome, job.content());
            return new FrameAnswer(
                    job.header(),
                    outcome,
                    next,
                    job.times().timings(clientClock.age(job.header(), job.settledNanos())));
        } catch (RuntimeException | Error e) {
            ANSWER_NOT_MADE.say(e);
            return noAnswer(job);
        }
    }

    private @Nullable FrameAnswer noAnswer(FrameJob job) {
        try {
            return new FrameAnswer(job.header(), NO_ANSWER, verdict.next(job.header(), NO_ANSWER, null), Timings.NONE);
        } catch (RuntimeException | Error e) {
            NOT_ANSWERED.say(e);
            return null;
        }
    }
}
