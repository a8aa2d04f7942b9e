package io.scopegate.client.examples;

import io.scopegate.client.Verdict;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Tells a recorder that cannot hold pictures back whether to keep the current one. It goes by the newest judged frame,
 * even if answers are late or missing.
 */
public final class GateRecorder implements BooleanSupplier {
    /** The time of two pictures at 30 per second, and a round trip. */
    private static final Duration MAX_AGE = Duration.ofMillis(200);

    private final Function<Duration, Verdict> currentVerdict;

    /**
     * Creates the decision for a recorder. Another thread sends the frames.
     *
     * @param currentVerdict of a stream, or of a {@link GateCamera}, which opens one stream after the other
     */
    public GateRecorder(Function<Duration, Verdict> currentVerdict) {
        this.currentVerdict = currentVerdict;
    }

    @Override
    public boolean getAsBoolean() {
        return currentVerdict.apply(MAX_AGE) == Verdict.IN_BODY;
    }
}
