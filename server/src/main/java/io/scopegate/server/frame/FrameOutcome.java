package io.scopegate.server.frame;

import io.scopegate.bundle.frame.Rejection;
import java.time.Duration;
import java.util.List;

/** What became of a frame. Only {@link Classified} can be in body; every other outcome counts as out of body. */
public sealed interface FrameOutcome {

    /** Returns the reason for this outcome. */
    Reason reason();

    /**
     * The model judged the frame.
     *
     * @param model the model that judged it
     * @param probabilities in the order of the model's labels
     * @param rawClass index of the most probable label
     * @param inBody whether the in-body probability reaches the threshold
     */
    record Classified(ModelIdentity model, List<Double> probabilities, int rawClass, boolean inBody)
            implements FrameOutcome {

        public Classified {
            probabilities = List.copyOf(probabilities);
        }

        @Override
        public Reason reason() {
            return Reason.MODEL;
        }
    }

    /**
     * A newer frame replaced this one while it waited.
     *
     * @param newerFrameId unsigned
     */
    record Superseded(long newerFrameId) implements FrameOutcome {

        @Override
        public Reason reason() {
            return Reason.SUPERSEDED;
        }
    }

    /**
     * The frame exceeded its stream's age budget.
     *
     * @param age the least age that the frame can have
     * @param budget the limit
     */
    record Expired(Duration age, Duration budget) implements FrameOutcome {

        @Override
        public Reason reason() {
            return Reason.TOO_OLD;
        }
    }

    /**
     * The frame was not accepted.
     *
     * @param reason the kind of fault
     * @param field the field that is wrong
     * @param limit what the value should have been
     * @param value what it was
     */
    record Rejected(Reason reason, String field, String limit, String value) implements FrameOutcome {

        /** Returns the outcome for a fault in the frame's own format or content. */
        public static Rejected of(Rejection rejection) {
            Reason reason = switch (rejection.cause()) {
                case CORRUPT_PICTURE -> Reason.CORRUPT_PICTURE;
                case UNSUPPORTED_FORMAT -> Reason.UNSUPPORTED_FORMAT;
                case BAD_DIMENSIONS -> Reason.BAD_DIMENSIONS;
                case BAD_PLANE_SIZE -> Reason.BAD_PLANE_SIZE;
                case EMPTY_FRAME -> Reason.EMPTY_FRAME;
            };
            return new Rejected(reason, rejection.field(), rejection.limit(), rejection.value());
        }

        /** Returns a one-line description for people. */
        public String message() {
            return field + ": " + limit + ", not " + value;
        }
    }

    /**
     * The server could not judge the frame.
     *
     * @param reason the kind of fault
     * @param message for people
     */
    record Failed(Reason reason, String message) implements FrameOutcome {}
}
