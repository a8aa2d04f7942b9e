package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a network has seen of frames. */
sealed interface FramesUse {

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
