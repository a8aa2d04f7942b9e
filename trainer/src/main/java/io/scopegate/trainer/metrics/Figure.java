package io.scopegate.trainer.metrics;

import java.util.Optional;

/** A figure, or the reason why there is none. */
public sealed interface Figure {

    /** A finite number. */
    record Known(double number) implements Figure {
        public Known {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("number: finite, not " + number);
            }
        }
    }

    /** No figure, for the given reason. */
    record Absent(String reason) implements Figure {}

    /** Returns the number, or empty if there is none. */
    default Optional<Double> value() {
        return switch (this) {
            case Known known -> Optional.of(known.number);
            case Absent _ -> Optional.empty();
        };
    }
}
