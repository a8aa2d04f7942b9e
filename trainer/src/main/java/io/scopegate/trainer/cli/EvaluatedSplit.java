package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.plan.PlanException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The part of a split that is evaluated. */
enum EvaluatedSplit {
    TRAIN,
    VAL,
    TEST;

    List<LabelledFrame> frames(Split split) {
        return switch (this) {
            case TRAIN -> split.train();
            case VAL -> split.validation();
            case TEST -> split.heldOut();
        };
    }

    Evaluation answers(Figures figures) {
        return switch (this) {
            case TRAIN -> figures.train();
            case VAL -> figures.validation();
            case TEST -> figures.heldOut();
        };
    }

    /** Returns a split that has only these frames, in this part. */
    Split only(List<LabelledFrame> frames) {
        return new Split(
                this == TRAIN ? frames : List.of(),
                this == VAL ? frames : List.of(),
                this == TEST ? frames : List.of());
    }

    /**
     * Returns the part that says most: frames that were not looked at before, otherwise those that were not fitted to.
     */
    static EvaluatedSplit best(Split split) {
        return !split.heldOut().isEmpty() ? TEST : !split.validation().isEmpty() ? VAL : TRAIN;
    }

    /**
     * Returns this part.
     *
     * @throws PlanException if the split has no frames in this part
     */
    EvaluatedSplit requireFrames(Split split) {
        if (frames(split).isEmpty()) {
            List<EvaluatedSplit> filled = Arrays.stream(values())
                    .filter(other -> !other.frames(split).isEmpty())
                    .toList();
            throw new PlanException("--split: no frames in " + this + "; splits with frames: " + filled);
        }
        return this;
    }

    /** Parses a part from the command line. */
    static final class Converter extends TypedName<EvaluatedSplit> {
        Converter() {
            super(values());
        }
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
