package io.scopegate.cli.load;

import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of the time that a frame takes. The server's parts are measured by the server's clock, the total by the
 * client's.
 */
public enum Stage {
    DECODE("decode", answer -> answer.timings().decode()),
    PREPROCESS("preprocess", answer -> answer.timings().preprocess()),
    /** Waiting in the server, before and between the stages. */
    QUEUE("queue", answer -> answer.timings().queue()),
    INFER("infer", answer -> answer.timings().infer()),
    POSTPROCESS("postprocess", answer -> answer.timings().postprocess()),
    /** From receiving a frame to passing on its answer. */
    SERVER("server", answer -> answer.timings().total()),
    SERVER_OVERHEAD(
            "serverOverhead",
            answer -> withoutInference(answer, answer.timings().total())),
    /** From the call that sends a frame, which may have to wait for a credit, to receiving its answer. */
    TOTAL("total", answer -> Optional.of(answer.roundTrip())),
    OVERHEAD("overhead", answer -> withoutInference(answer, Optional.of(answer.roundTrip()))),
    /** From the capture of a frame to its verdict, of frames that the model has judged. */
    AGE("age", Stage::ageOfJudged);

    private final String title;
    private final Function<FrameAnswer, Optional<Duration>> time;

    Stage(String title, Function<FrameAnswer, Optional<Duration>> time) {
        this.title = title;
        this.time = time;
    }

    /** Returns its name in tables and in JSON. */
    public String title() {
        return title;
    }

    /** Returns how long this part took for this answer; null if the frame did not get that far. */
    @Nullable
    Duration of(FrameAnswer answer) {
        return time.apply(answer).orElse(null);
    }

    private static Optional<Duration> withoutInference(FrameAnswer answer, Optional<Duration> whole) {
        return whole.flatMap(all -> answer.timings().infer().map(all::minus));
    }

    private static Optional<Duration> ageOfJudged(FrameAnswer answer) {
        return answer.outcome() == Outcome.CLASSIFIED ? answer.timings().ageAtVerdict() : Optional.empty();
    }
}
