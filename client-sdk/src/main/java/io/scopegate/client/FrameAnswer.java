package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one terminal answer to a frame.
 *
 * @param frameId as sent
 * @param verdict what to act on; in body only if the outcome is {@link Outcome#CLASSIFIED}
 * @param rawVerdict the verdict on this frame alone, before smoothing
 * @param reason why the verdict is what it is
 * @param probabilities by label, 0 to 1, in the order of the model's labels; empty unless classified
 * @param rawClass the label with the highest probability; empty unless classified
 * @param status set unless classified
 * @param model the one that judged the frame; empty if none did
 * @param timings at the server
 * @param roundTrip from the call that sent the frame to the arrival of its answer, by the client's clock
 * @param captureTime as sent
 * @param sourceFrameNumber as sent
 * @param sourceTime as sent
 */
public record FrameAnswer(
        long frameId,
        Outcome outcome,
        Verdict verdict,
        Verdict rawVerdict,
        Reason reason,
        Map<String, Double> probabilities,
        Optional<String> rawClass,
        Optional<AnswerStatus> status,
        Optional<ModelReference> model,
        Timings timings,
        Duration roundTrip,
        Instant captureTime,
        OptionalLong sourceFrameNumber,
        Optional<Instant> sourceTime) {

    /** Copies the probabilities and refuses an answer that is in body without having been classified. */
    public FrameAnswer {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        if (verdict == Verdict.IN_BODY && outcome != Outcome.CLASSIFIED) {
            throw new IllegalArgumentException("verdict is IN_BODY, only OUT_OF_BODY goes with outcome " + outcome);
        }
    }

    /** Whether the picture may be shown: the only question that most callers have. */
    public boolean inBody() {
        return verdict == Verdict.IN_BODY;
    }
}
