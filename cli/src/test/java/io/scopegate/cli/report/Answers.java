package io.scopegate.cli.report;

import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import io.scopegate.client.Reason;
import io.scopegate.client.Timings;
import io.scopegate.client.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Sample answers of a server. */
public final class Answers {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private Answers() {}

    /** Returns an out-of-body answer in which each time that it states is a millisecond. */
    public static FrameAnswer with(Outcome outcome) {
        Optional<Duration> time = Optional.of(MILLISECOND);
        Timings timings = new Timings(
                Optional.empty(), time, time, time, time, time, time, time, Optional.empty(), Optional.empty(), 1);
        return new FrameAnswer(
                1,
                outcome,
                Verdict.OUT_OF_BODY,
                Verdict.OUT_OF_BODY,
                Reason.MODEL,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                timings,
                MILLISECOND,
                Instant.EPOCH,
                OptionalLong.empty(),
                Optional.empty());
    }
}
