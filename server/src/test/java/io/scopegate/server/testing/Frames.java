package io.scopegate.server.testing;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameHeader.Source;
import io.scopegate.server.frame.ServerClock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames and stream terms for tests of the layers below gRPC. */
public final class Frames {

    private Frames() {}

    /** Returns a frame of 2 x 2 pixels that arrives now. */
    public static Frame now(long id, ServerClock clock) {
        return new Frame(
                header(id, null, clock), FrameFormat.of(PixelFormat.RGB8, 2, 2), List.of(FramePlane.of(new byte[12])));
    }

    public static FrameHeader header(long id, @Nullable Instant captureTime, ServerClock clock) {
        return new FrameHeader(id, captureTime, Source.UNKNOWN, clock.wallTime(), clock.nanoTime());
    }

    public static StreamTerms terms(DeliveryPolicy policy) {
        return terms(policy, AgeBudget.NONE);
    }

    public static StreamTerms terms(DeliveryPolicy policy, AgeBudget budget) {
        return terms(policy, budget, ModelSelection.SERVED);
    }

    public static StreamTerms terms(DeliveryPolicy policy, AgeBudget budget, ModelSelection model) {
        return new StreamTerms("test", null, policy, budget, model, null, new StreamFrameLimits(4, 32));
    }
}
