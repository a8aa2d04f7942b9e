package io.scopegate.server.testing;

import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.pipeline.AnswerSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps all answers. */
public final class CollectedAnswers implements AnswerSink {

    private final List<FrameAnswer> answers = new ArrayList<>();
    private boolean finished;

    @Override
    public void answer(FrameAnswer answer) {
        if (finished) {
            throw new AssertionError("answered after the end: " + answer);
        }
        answers.add(answer);
    }

    @Override
    public void finished() {
        if (finished) {
            throw new AssertionError("finished twice");
        }
        finished = true;
    }

    public List<Long> ids() {
        return answers.stream().map(answer -> answer.header().id()).toList();
    }

    public List<FrameOutcome> outcomes() {
        return answers.stream().map(FrameAnswer::outcome).toList();
    }

    public List<FrameAnswer> all() {
        return List.copyOf(answers);
    }

    public boolean isFinished() {
        return finished;
    }
}
