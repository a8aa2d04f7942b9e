package io.scopegate.server.pipeline;

import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.verdict.StreamVerdict;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/**
 * The unanswered frames of one stream, oldest first. A frame is answered once it has its outcome and all before it are
 * answered; with its answer the stream's verdict goes on. Guarded by its stream's lock.
 */
final class AnswerOrder {

    private static final Logger LOG = Logger.getLogger(AnswerOrder.class);
    private static final Failed NO_ANSWER = new Failed(Reason.INTERNAL, "the frame's answer could not be made");

    private final AnswerSink sink;
    private final ClockOffset clientClock;
    private final StreamVerdict verdict;
    private final Deque<FrameJob> unanswered = new ArrayDeque<>();
    private boolean finishing;
    private boolean over;
    private int abandoned;

    AnswerOrder(AnswerSink sink, ClockOffset clientClock, StreamVerdict verdict) {
        this.sink = sink;
        this.clientClock = clientClock;
        this.verdict = verdict;
    }

    void add(FrameJob job) {
        unanswered.add(job);
    }

    /** Once all are answered, the sink is told that it was the last. */
    void finish() {
        finishing = true;
    }

    /** Nothing is answered any more. Returns how many frames have not been and will not be. */
    int abandon() {
        over = true;
        abandoned += unanswered.size();
        unanswered.clear();
        return abandoned;
    }

    /** True once nothing will be answered any more. */
    boolean over() {
        return over;
    }

    int size() {
        return unanswered.size();
    }

    /** Answers what can be answered. The sink may abandon the stream meanwhile. */
    void release() {
        while (!over && !unanswered.isEmpty()) {
            FrameJob oldest = unanswered.element();
            FrameOutcome outcome = oldest.outcome();
            if (outcome == null) {
                return;
            }
            FrameAnswer answer = answer(oldest, outcome);
            unanswered.remove();
            tell(answer);
        }
        if (finishing && !over) {
            over = true;
            sink.finished();
        }
    }

    /** A sink that throws has not answered the frame, and so gets no further ones. */
    private void tell(FrameAnswer answer) {
        boolean told = false;
        try {
            sink.answer(answer);
            told = true;
        } finally {
            if (!told) {
                abandon();
            }
        }
    }

    private FrameAnswer answer(FrameJob job, FrameOutcome outcome) {
        try {
            FrameVerdict next = verdict.next(job.header(), outcome, job.content());
            return new FrameAnswer(
                    job.header(),
                    outcome,
                    next,
                    job.times().timings(clientClock.age(job.header(), job.settledNanos())));
        } catch (RuntimeException e) {
            LOG.error("a frame's answer cannot be made", e);
            return new FrameAnswer(job.header(), NO_ANSWER, verdict.next(job.header(), NO_ANSWER, null), Timings.NONE);
        }
    }
}
