package io.scopegate.server.testing;

import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.pipeline.AnswerSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects all answers of a stream. Each accessor throws an {@link AssertionError} if the stream was answered after its
 * end or ended twice.
 */
public final class CollectedAnswers implements AnswerSink {

    private final List<FrameAnswer> answers = new ArrayList<>();
    private boolean finished;
    private boolean broken;
    private @Nullable String breach;

    @Override
    public void answer(FrameAnswer answer) {
        if (finished || broken) {
            breach = "answered after the end: " + answer;
        }
        answers.add(answer);
    }

    @Override
    public void finished() {
        if (finished || broken) {
            breach = "ended twice";
        }
        finished = true;
    }

    @Override
    public void broken() {
        if (finished || broken) {
            breach = "ended twice";
        }
        broken = true;
    }

    private List<FrameAnswer> kept() {
        if (breach != null) {
            throw new AssertionError(breach);
        }
        return answers;
    }

    public List<Long> ids() {
        return kept().stream().map(answer -> answer.header().id()).toList();
    }

    public List<FrameOutcome> outcomes() {
        return kept().stream().map(FrameAnswer::outcome).toList();
    }

    public List<FrameAnswer> all() {
        return List.copyOf(kept());
    }

    public boolean isFinished() {
        return kept() == answers && finished;
    }

    public boolean isBroken() {
        return kept() == answers && broken;
    }
}
