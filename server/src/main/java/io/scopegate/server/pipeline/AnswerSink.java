package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameAnswer;

/**
 * Where a stream's answers go. Called from any thread, by one thread at a time, and must not block. A sink that throws
 * is not called again.
 */
public interface AnswerSink {

    /** Takes the answer to the oldest unanswered frame. */
    void answer(FrameAnswer answer);

    /** Notes that every frame is answered and no more will come. The last call. */
    void finished();

    /**
     * Notes that an answer could not be created, for example for lack of memory, so that none behind it can follow:
     * the stream has to be ended. The last call.
     */
    void broken();
}
