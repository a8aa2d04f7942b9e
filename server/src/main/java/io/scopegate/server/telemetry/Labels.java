package io.scopegate.server.telemetry;

import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.Reason;
import java.util.Locale;

/** The names of outcomes and reasons in metrics and traces. */
final class Labels {

    private Labels() {}

    static String outcome(FrameOutcome outcome) {
        return switch (outcome) {
            case Classified ignored -> "classified";
            case Superseded ignored -> "superseded";
            case Expired ignored -> "expired";
            case Rejected ignored -> "rejected";
            case Failed ignored -> "failed";
        };
    }

    static String reason(Reason reason) {
        return lowerCase(reason);
    }

    static String reason(RefusedMessage refused) {
        return lowerCase(refused);
    }

    static String reason(FailedHandshake failed) {
        return lowerCase(failed);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
