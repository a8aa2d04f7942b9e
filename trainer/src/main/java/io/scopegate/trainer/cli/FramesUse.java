package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a network has seen of frames. */
sealed interface FramesUse {

    /** No frame at all. */
    FramesUse NOTHING = new Known(_ -> false, _ -> false);

    /** All but the groups that are named as not seen were fitted to. */
    static FramesUse allBut(List<String> heldOut) {
        return new Known(frame -> !heldOut.contains(frame.group()), _ -> false);
    }

    /**
     * Which frames it was fitted to, and which it was chosen by.
     *
     * @param fittedTo true of a frame whose group or picture it was fitted to
     * @param chosenBy true of a frame whose group or picture it was chosen by
     */
    record Known(Predicate<LabelledFrame> fittedTo, Predicate<LabelledFrame> chosenBy) implements FramesUse {

        boolean hasSeen(LabelledFrame frame) {
            return fittedTo.test(frame) || chosenBy.test(frame);
        }

        /** Of a network that had seen these before. */
        FramesUse after(FramesUse before) {
            return switch (before) {
                case Known(Predicate<LabelledFrame> fitted, Predicate<LabelledFrame> chosen) ->
                    new Known(fittedTo.or(fitted), chosenBy.or(chosen.and(fittedTo.negate())));
                case Unknown unknown -> unknown;
            };
        }

        /** Frames that it was neither fitted to nor chosen by are held out. */
        Split split(List<LabelledFrame> frames) {
            List<LabelledFrame> fitted = new ArrayList<>();
            List<LabelledFrame> choosing = new ArrayList<>();
            List<LabelledFrame> unseen = new ArrayList<>();
            for (LabelledFrame frame : frames) {
                (chosenBy.test(frame) ? choosing : fittedTo.test(frame) ? fitted : unseen).add(frame);
            }
            return new Split(fitted, choosing, unseen);
        }
    }

    /**
     * Nobody knows.
     *
     * @param why for people
     */
    record Unknown(String why) implements FramesUse {}
}
