package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which frames a network has seen, as far as that is known. */
sealed interface SeenFrames {

    /** The use of a network that has seen no frame. */
    SeenFrames NOTHING = known(_ -> false, _ -> false);

    /**
     * Returns which of these frames the network has seen. The result is unknown if there is a frame of which this
     * cannot be told.
     */
    SeenFrames of(List<LabelledFrame> frames);

    /** Returns the use of a network that was fitted to all frames except those of the named groups. */
    static SeenFrames allBut(List<String> heldOut) {
        return known(frame -> !heldOut.contains(frame.group()), _ -> false);
    }

    /** Returns a use that is certain for all frames. */
    static Known known(Predicate<LabelledFrame> fittedTo, Predicate<LabelledFrame> chosenBy) {
        return new Known(fittedTo, chosenBy, _ -> Optional.empty());
    }

    /**
     * Returns a predicate for frames that belong to a stated group of the seen frames, or are byte for byte the same
     * picture as one of them.
     */
    static Predicate<LabelledFrame> oneOf(List<LabelledFrame> seen, DataDigest digest) {
        Set<String> groups =
                seen.stream().flatMap(frame -> frame.statedGroup().stream()).collect(Collectors.toSet());
        Set<String> contents = seen.stream()
                .flatMap(frame -> digest.ofContent(frame.file()).stream())
                .collect(Collectors.toSet());
        return oneOf(groups, contents, digest);
    }

    /**
     * Returns a predicate for frames that belong to one of the groups, or are byte for byte the same picture as one
     * that was seen.
     *
     * @param contents SHA-256 of the pictures that were seen
     */
    static Predicate<LabelledFrame> oneOf(Set<String> groups, Set<String> contents, DataDigest digest) {
        Predicate<LabelledFrame> grouped = of(groups);
        return frame -> grouped.test(frame)
                || digest.ofContent(frame.file()).filter(contents::contains).isPresent();
    }

    /**
     * Returns a predicate for frames of these groups. A group that is only the name of a list or folder does not count,
     * since other lists and folders may have the same name.
     */
    static Predicate<LabelledFrame> of(Set<String> groups) {
        return frame -> frame.statedGroup().filter(groups::contains).isPresent();
    }

    /**
     * The use of a network of which it is known what it was fitted to and chosen by.
     *
     * @param fittedTo true for a frame whose group or picture the network was fitted to
     * @param chosenBy true for a frame whose group or picture the network was chosen by
     * @param unsure for a frame for which both are false, why that is not certain; empty if it is
     */
    record Known(
            Predicate<LabelledFrame> fittedTo,
            Predicate<LabelledFrame> chosenBy,
            Function<LabelledFrame, Optional<String>> unsure)
            implements SeenFrames {

        boolean hasSeen(LabelledFrame frame) {
            return fittedTo.test(frame) || chosenBy.test(frame);
        }

        /** Returns the use of a network whose initial weights had the given use. */
        SeenFrames after(SeenFrames before) {
            return switch (before) {
                case Known(
                        Predicate<LabelledFrame> fitted,
                        Predicate<LabelledFrame> chosen,
                        Function<LabelledFrame, Optional<String>> open) ->
                    new Known(
                            fittedTo.or(fitted),
                            chosenBy.or(chosen),
                            frame -> unsure.apply(frame).or(() -> open.apply(frame)));
                case Unknown unknown -> unknown;
            };
        }

        @Override
        public SeenFrames of(List<LabelledFrame> frames) {
            return frames.stream()
                    .filter(frame -> !hasSeen(frame))
                    .flatMap(frame -> unsure.apply(frame).stream())
                    .findFirst()
                    .<SeenFrames>map(Unknown::new)
                    .orElse(this);
        }

        /**
         * Splits frames by use. Frames that the network was fitted to are training frames, even if it was chosen by
         * them too; frames that it has not seen are held out.
         */
        Split split(List<LabelledFrame> frames) {
            List<LabelledFrame> fitted = new ArrayList<>();
            List<LabelledFrame> choosing = new ArrayList<>();
            List<LabelledFrame> unseen = new ArrayList<>();
            for (LabelledFrame frame : frames) {
                (fittedTo.test(frame) ? fitted : chosenBy.test(frame) ? choosing : unseen).add(frame);
            }
            return new Split(fitted, choosing, unseen);
        }
    }

    /**
     * It is not known what the network has seen.
     *
     * @param why the reason, for people
     */
    record Unknown(String why) implements SeenFrames {

        @Override
        public SeenFrames of(List<LabelledFrame> frames) {
            return this;
        }
    }
}
