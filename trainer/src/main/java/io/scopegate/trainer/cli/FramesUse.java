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

/** What a network has seen of frames. */
sealed interface FramesUse {

    /** No frame at all. */
    FramesUse NOTHING = known(_ -> false, _ -> false);

    /** What it has seen of these, which is not known where one of them may be like what was seen. */
    FramesUse of(List<LabelledFrame> frames);

    /** All but the groups that are named as not seen were fitted to. */
    static FramesUse allBut(List<String> heldOut) {
        return known(frame -> !heldOut.contains(frame.group()), _ -> false);
    }

    /** Of any frames. */
    static Known known(Predicate<LabelledFrame> fittedTo, Predicate<LabelledFrame> chosenBy) {
        return new Known(fittedTo, chosenBy, _ -> Optional.empty());
    }

    /** Frames of the stated groups of these, or that are, byte for byte, the same picture as one of them. */
    static Predicate<LabelledFrame> oneOf(List<LabelledFrame> seen, DataDigest digest) {
        Set<String> groups =
                seen.stream().flatMap(frame -> frame.statedGroup().stream()).collect(Collectors.toSet());
        Set<String> contents = seen.stream()
                .flatMap(frame -> digest.ofContent(frame.file()).stream())
                .collect(Collectors.toSet());
        return oneOf(groups, contents, digest);
    }

    /** Frames of a group, or that are, byte for byte, the same picture as one that was seen. */
    static Predicate<LabelledFrame> oneOf(Set<String> groups, Set<String> contents, DataDigest digest) {
        Predicate<LabelledFrame> grouped = of(groups);
        return frame -> grouped.test(frame)
                || digest.ofContent(frame.file()).filter(contents::contains).isPresent();
    }

    /** Frames of a group. What is no more than the name of a list or folder is none: others are called so too. */
    static Predicate<LabelledFrame> of(Set<String> groups) {
        return frame -> frame.statedGroup().filter(groups::contains).isPresent();
    }

    /**
     * Which frames it was fitted to, and which it was chosen by.
     *
     * @param fittedTo true of a frame whose group or picture it was fitted to
     * @param chosenBy true of a frame whose group or picture it was chosen by
     * @param unsure why nobody knows of a frame for which both are false, where that is so
     */
    record Known(
            Predicate<LabelledFrame> fittedTo,
            Predicate<LabelledFrame> chosenBy,
            Function<LabelledFrame, Optional<String>> unsure)
            implements FramesUse {

        boolean hasSeen(LabelledFrame frame) {
            return fittedTo.test(frame) || chosenBy.test(frame);
        }

        /** Of a network that had seen these before. */
        FramesUse after(FramesUse before) {
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
        public FramesUse of(List<LabelledFrame> frames) {
            return frames.stream()
                    .filter(frame -> !hasSeen(frame))
                    .flatMap(frame -> unsure.apply(frame).stream())
                    .findFirst()
                    .<FramesUse>map(Unknown::new)
                    .orElse(this);
        }

        /** What it was fitted to is no validation, whatever it was chosen by; what it has not seen is held out. */
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
     * Nobody knows.
     *
     * @param why for people
     */
    record Unknown(String why) implements FramesUse {

        @Override
        public FramesUse of(List<LabelledFrame> frames) {
            return this;
        }
    }
}
