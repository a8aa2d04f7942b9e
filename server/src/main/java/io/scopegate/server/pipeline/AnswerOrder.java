package io.scopegate.server.pipeline;

import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.verdict.StreamVerdict;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The unanswered frames of one stream, oldest first. A frame is answered once it has its outcome and all before it are
 * answered; with its answer the stream's verdict goes on. Guarded by its stream's lock.
 */
final class AnswerOrder {

    private final AnswerSink sink;
    private final ClockOffset clientClock;
    private final StreamVerdict verdict;
    private final Deque<FrameJob> unanswered = new ArrayDeque<>();
    private boolean finishing;
    private boolean over;

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

    /** Nothing is answered any more. */
    void abandon() {
        over = true;
        unanswered.clear();
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
            unanswered.remove();
            sink.answer(answer(oldest, outcome));
        }
        if (finishing && !over) {
            over = true;
            sink.finished();
        }
    }

    private FrameAnswer answer(FrameJob job, FrameOutcome outcome) {
        return new FrameAnswer(
                job.header(),
                outcome,
                verdict.next(job.header(), outcome, job.content()),
                job.times().timings(clientClock.age(job.header(), job.settledNanos())));
    }
}
