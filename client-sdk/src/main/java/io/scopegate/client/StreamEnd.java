package io.scopegate.client;

/**
 * How a stream ended.
 *
 * @param status {@code OK} if both sides had finished
 * @param abandoned how many frames the server left unanswered; each was answered {@link Outcome#ABANDONED}
 */
public record StreamEnd(AnswerStatus status, int abandoned) {

    /** Whether the server answered every frame and ended the stream with OK. */
    public boolean ok() {
        return abandoned == 0 && status.code().equals("OK");
    }
}
