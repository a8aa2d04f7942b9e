package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameAnswer;

/**
 * Where a stream's answers go. Called by one thread at a time, from any thread; must not block. One that throws is not
 * called again.
 */
public interface AnswerSink {

    /** The answer to the oldest unanswered frame. */
    void answer(FrameAnswer answer);

    /** Every frame is answered and no more will come. The last call. */
    void finished();

    /** An answer cannot be made, as for want of memory, nor any behind it: the stream is to be ended. The last call. */
    void broken();
}
