package io.scopegate.client;

/**
 * How a stream ended.
 *
 * @param status {@code OK} if both sides were done
 * @param abandoned how many frames the server had not answered; each was answered {@link Outcome#ABANDONED}
 */
public record StreamEnd(AnswerStatus status, int abandoned) {

    /** Whether the server has answered everything and ended the stream with OK. */
    public boolean ok() {
        return abandoned == 0 && status.code().equals("OK");
    }
}
