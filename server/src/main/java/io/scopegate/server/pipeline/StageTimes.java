package io.scopegate.server.pipeline;

import io.scopegate.server.frame.Timings;
import io.scopegate.server.frame.Timings.Age;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When one frame entered and left each stage, by the server's monotonic clock. Passed from thread to thread together
 * with its frame.
 */
final class StageTimes {

    private final long receivedNanos;
    private @Nullable Long decodeStart;
    private @Nullable Long decoded;
    private @Nullable Long preprocessed;
    private @Nullable Long inferStart;
    private @Nullable Long inferred;
    private @Nullable Long judged;
    private int batchSize;

    StageTimes(long receivedNanos) {
        this.receivedNanos = receivedNanos;
    }

    void decodeStarts(long nanos) {
        decodeStart = nanos;
    }

    void decoded(long nanos) {
        decoded = nanos;
    }

    void preprocessed(long nanos) {
        preprocessed = nanos;
    }

    void inferStarts(long nanos, int frames) {
        inferStart = nanos;
        batchSize = frames;
    }

    void inferred(long nanos) {
        inferred = nanos;
    }

    void judged(long nanos) {
        judged = nanos;
    }

    Timings timings(@Nullable Age age) {
        return new Timings(
                between(receivedNanos, decodeStart),
                between(decodeStart, decoded),
                between(decoded, preprocessed),
                between(preprocessed, inferStart),
                between(inferStart, inferred),
                between(inferred, judged),
                age,
                inferred == null ? 0 : batchSize);
    }

    private static @Nullable Duration between(@Nullable Long start, @Nullable Long end) {
        return start == null || end == null ? null : Duration.ofNanos(end - start);
    }
}
