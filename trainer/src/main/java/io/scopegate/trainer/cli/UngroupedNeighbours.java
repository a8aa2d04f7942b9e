package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.List;
import java.util.stream.Stream;

/**
 * Warns of frames without a group that are new to a network but lie beside frames that it has seen, such as those added
 * later to a folder without groups. They may be from another video and so be a valid test, but nothing says so.
 */
final class UngroupedNeighbours {

    private UngroupedNeighbours() {}

    /**
     * Returns a warning with these frames, or nothing if there are none.
     *
     * @param split frames of one folder or list, by what the network has seen of them
     * @param part the part that is evaluated
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
