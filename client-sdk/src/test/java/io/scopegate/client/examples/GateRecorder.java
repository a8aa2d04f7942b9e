package io.scopegate.client.examples;

import io.scopegate.client.FrameStream;
import io.scopegate.client.Verdict;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Tells a recorder that cannot hold pictures back whether to keep the one at hand, by the newest judged frame, whatever has
 * become of the answers meanwhile.
 */
public final class GateRecorder implements BooleanSupplier {
    /** Two pictures at 30 a second, and a round trip. */
    private static final Duration MAX_AGE = Duration.ofMillis(200);

    private final FrameStream stream;

    /** Some other thread sends the stream's frames. */
    public GateRecorder(FrameStream stream) {
        this.stream = stream;
    }

    @Override
    public boolean getAsBoolean() {
        return stream.currentVerdict(MAX_AGE) == Verdict.IN_BODY;
    }
}
