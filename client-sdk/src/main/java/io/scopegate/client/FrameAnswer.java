package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The single, final answer to a frame.
 *
 * @param frameId as sent
 * @param verdict the verdict to act on; in body only if the outcome is {@link Outcome#CLASSIFIED}
 * @param rawVerdict the verdict on this frame alone, before smoothing and frozen-picture detection
 * @param reason why the verdict is what it is
 * @param probabilities by label, 0 to 1, in the order of the model's labels; empty unless classified
 * @param rawClass the label with the highest probability; empty unless classified
 * @param status set unless classified
 * @param model the model that classified the frame; empty if none did
 * @param timings where the frame's time went at the server
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

    /** Copies the probabilities. Throws if the verdict is in body but the frame was not classified. */
    public FrameAnswer {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        if (verdict == Verdict.IN_BODY && outcome != Outcome.CLASSIFIED) {
            throw new IllegalArgumentException("verdict must be OUT_OF_BODY with outcome " + outcome + ", got IN_BODY");
        }
    }

    /** Whether the picture may be shown. Most callers need nothing else. */
    public boolean inBody() {
        return verdict == Verdict.IN_BODY;
    }
}
