package io.scopegate.client.examples;

import io.scopegate.client.Verdict;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Tells a recorder that cannot hold pictures back whether to keep the one at hand, by the newest judged frame, whatever has
 * become of the answers meanwhile.
 */
public final class GateRecorder implements BooleanSupplier {
    /** Two pictures at 30 a second, and a round trip. */
    private static final Duration MAX_AGE = Duration.ofMillis(200);

    private final Function<Duration, Verdict> currentVerdict;

    /**
     * Some other thread sends the frames.
     *
     * @param currentVerdict of a stream, or of a {@link GateCamera}, whose streams come and go
     */
    public GateRecorder(Function<Duration, Verdict> currentVerdict) {
        this.currentVerdict = currentVerdict;
    }

    @Override
    public boolean getAsBoolean() {
        return currentVerdict.apply(MAX_AGE) == Verdict.IN_BODY;
    }
}
