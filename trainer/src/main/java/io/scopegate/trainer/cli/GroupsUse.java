package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a network has seen of groups of frames. */
sealed interface GroupsUse {

    /** All but the groups that are named as not seen were fitted to. */
    static GroupsUse allBut(List<String> heldOut) {
        return new Known(group -> !heldOut.contains(group), _ -> false);
    }

    /**
     * Which groups it was fitted to, and which it was chosen by.
     *
     * @param fittedTo true of a group that it was fitted to
     * @param chosenBy true of a group that it was chosen by
     */
    record Known(Predicate<String> fittedTo, Predicate<String> chosenBy) implements GroupsUse {

        Known(Set<String> fittedTo, Set<String> chosenBy) {
            this(fittedTo::contains, chosenBy::contains);
        }

        /** Groups that it was neither fitted to nor chosen by are held out. */
        Split split(List<LabelledFrame> frames) {
            List<LabelledFrame> fitted = new ArrayList<>();
            List<LabelledFrame> choosing = new ArrayList<>();
            List<LabelledFrame> unseen = new ArrayList<>();
            for (LabelledFrame frame : frames) {
                boolean looked = chosenBy.test(frame.group());
                boolean seen = fittedTo.test(frame.group());
                (looked ? choosing : seen ? fitted : unseen).add(frame);
            }
            return new Split(fitted, choosing, unseen);
        }
    }

    /**
     * Nobody knows.
     *
     * @param why for people
     */
    record Unknown(String why) implements GroupsUse {}
}
