package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.List;
import java.util.stream.Stream;

/**
 * New frames beside ones that a network has seen, of which nobody says from which video they are: those that came later to
 * a folder without groups, for one. They may be of another video, so they are a test, but they need not be.
 */
final class UngroupedNeighbours {

    private UngroupedNeighbours() {}

    /**
     * Warns of them.
     *
     * @param split of one folder or list, by what the network has seen of it
     * @param part that is evaluated
     */
    static List<DataWarning> warnings(Split split, EvaluatedSplit part) {
        List<String> cases = part == EvaluatedSplit.TEST ? of(split) : List.of();
        return cases.isEmpty()
                ? List.of()
                : List.of(new DataWarning(
                        "frames without a group beside frames that the network has seen; if they are from the same"
                                + " video, the figures are too optimistic",
                        cases));
    }

    private static List<String> of(Split split) {
        boolean alone = split.train().isEmpty() && split.validation().isEmpty();
        Stream<LabelledFrame> unseen = alone ? Stream.empty() : split.heldOut().stream();
        return unseen.filter(frame -> !frame.grouped())
                .map(frame -> frame.file().toString())
                .toList();
    }
}
