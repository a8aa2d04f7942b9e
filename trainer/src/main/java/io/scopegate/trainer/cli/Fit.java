package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.publish.SeenPictures;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known about how a network was fitted, and so about the frames that it has seen. */
sealed interface Fit {

    /** Returns whether the epoch was chosen with the validation frames; empty if that is not known. */
    Optional<Boolean> chosenByValidation();

    /**
     * Returns why the network may have seen other frames than the split says.
     *
     * @param part the part of the plan's frames that is asked about
     * @param planned the plan's split of the frames that exist now
     * @return empty if the network was fitted to the training frames of the split and chosen by its validation frames,
     *     and the other frames are new to it
     */
    Optional<String> doubt(EvaluatedSplit part, Split planned, DataDigest digest);

    /**
     * Returns which frames the network has seen.
     *
     * @throws IOException if frames that are needed to tell are not found
     */
    SeenFrames use(DataDigest digest) throws IOException;

    /**
     * Returns what a published model's manifest states.
     *
     * @throws IOException if the model's lists of pictures cannot be read
     */
    static Fit stated(PublishedModel published) throws IOException {
        String model = published.manifest().reference();
        JsonNode provenance = published.manifest().provenance();
        boolean says = provenance.has("data") || provenance.has(Provenance.RANDOM);
        return says && !provenance.has(Provenance.FIT_UNKNOWN)
                ? new Stated(model, provenance, SeenPictures.read(published))
                : new Unknown(
                        "the manifest of " + model + " does not state the frames that its network was trained on");
    }

    /**
     * Fitted by the run of a plan, whose state contains the digest of the frames.
     *
     * @param plan plan of the run
     */
    record Planned(TrainingPlan plan) implements Fit {

        /** Early stopping uses the validation frames as the choice of the best epoch does. */
        @Override
        public Optional<Boolean> chosenByValidation() {
            return plan.fit()
                    .map(fit ->
                            fit.checkpoint() == Checkpoint.BEST || fit.options().patience() > 0);
        }

        /** The initial weights do not matter for the training frames, which the network has seen in any case. */
        @Override
        public Optional<String> doubt(EvaluatedSplit part, Split planned, DataDigest digest) {
            Optional<String> doubt = doubt(planned, digest);
            return doubt.isPresent() || part == EvaluatedSplit.TRAIN
                    ? doubt
                    : InitialWeights.of(plan).doubt(part.frames(planned), digest);
        }

        private Optional<String> doubt(Split planned, DataDigest digest) {
            return RunWeights.doubt(RunWeights.of(plan).file(), plan, Fingerprint.ofSeen(plan, planned, digest));
        }

        @Override
        public SeenFrames use(DataDigest digest) throws IOException {
            Split planned = PlannedFrames.find(plan.data()
                            .orElseThrow(() -> new PlanException("data: required to know the frames of the run")))
                    .split();
            return doubt(planned, digest)
                    .<SeenFrames>map(SeenFrames.Unknown::new)
                    .orElseGet(() -> SeenFrames.known(
                                    SeenFrames.oneOf(planned.train(), digest),
                                    SeenFrames.oneOf(planned.validation(), digest))
                            .after(InitialWeights.of(plan).use(digest)));
        }
    }

    /**
     * Fitted as a manifest states. For random weights the manifest lists no frames.
     *
     * @param model name of the model
     * @param provenance the manifest's provenance
     * @param pictures pictures that the network has seen; empty if the model, of an earlier release, does not list them
     */
    record Stated(String model, JsonNode provenance, Optional<SeenPictures> pictures) implements Fit {

        @Override
        public Optional<Boolean> chosenByValidation() {
            JsonNode fit = provenance.path("plan").path("fit");
            if (!fit.isObject()) {
                return Optional.empty();
            }
            String best = Checkpoint.BEST.name();
            boolean byAccuracy = fit.path("checkpoint").asText(best).equalsIgnoreCase(best)
                    || fit.path("patience").asInt() > 0;
            return Optional.of(provenance.path("data").has("validation") && byAccuracy);
        }

        @Override
        public Optional<String> doubt(EvaluatedSplit part, Split planned, DataDigest digest) {
            if (!provenance.has("data")) {
                return Optional.empty();
            }
            return difference("train", planned.train(), digest)
                    .or(() -> difference("validation", planned.validation(), digest))
                    .or(() -> part == EvaluatedSplit.TRAIN ? Optional.empty() : before());
        }

        /** Returns why the network may have seen more than the manifest lists: fitting began with other weights. */
        private Optional<String> before() {
            return provenance.at("/plan/fit/from").isTextual()
                    ? Optional.of(
                            "plan.fit.from: the manifest of %s does not state which frames its initial weights had seen"
                                    .formatted(model))
                    : Optional.empty();
        }

        private Optional<String> difference(String split, List<LabelledFrame> frames, DataDigest digest) {
            String stated =
                    provenance.path("data").path(split).path(Provenance.DIGEST).asText("absent");
            String found = frames.isEmpty() ? "absent" : digest.of(frames);
            return stated.equals(found)
                    ? Optional.empty()
                    : Optional.of("data.%s.%s: as in the manifest of %s, %s, not %s"
                            .formatted(split, Provenance.DIGEST, model, stated, found));
        }

        @Override
        public SeenFrames use(DataDigest digest) {
            return before().<SeenFrames>map(SeenFrames.Unknown::new)
                    .orElseGet(() -> pictures.map(seen -> listed(seen, digest)).orElseGet(this::listed));
        }

        private SeenFrames listed(SeenPictures seen, DataDigest digest) {
            Optional<String> unnamed = unnamed("train").or(() -> unnamed("validation"));
            return new SeenFrames.Known(
                    SeenFrames.oneOf(groups("train"), seen.train(), digest),
                    SeenFrames.oneOf(groups("validation"), seen.validation(), digest),
                    frame -> frame.grouped() ? unnamed : Optional.empty());
        }

        /**
         * Returns which frames the network has seen, by groups alone. Nothing is known of frames without a group.
         * Random weights have seen nothing.
         */
        private SeenFrames listed() {
            if (!provenance.has("data")) {
                return SeenFrames.NOTHING;
            }
            return withoutGroups("train")
                    .or(() -> withoutGroups("validation"))
                    .<SeenFrames>map(SeenFrames.Unknown::new)
                    .orElseGet(() -> new SeenFrames.Known(
                            SeenFrames.of(groups("train")),
                            SeenFrames.of(groups("validation")),
                            frame -> frame.grouped()
                                    ? Optional.empty()
                                    : Optional.of("frames without a group: the manifest of " + model
                                            + " states only by groups what its network has seen")));
        }

        /**
         * Returns why the network may have seen groups that the manifest does not name: it has only the first of very
         * many. Empty if it names all.
         */
        private Optional<String> unnamed(String split) {
            JsonNode data = provenance.path("data").path(split);
            int named = data.path(Provenance.GROUPS).size();
            int all = data.path(Provenance.GROUP_COUNT).asInt(named);
            return all <= named
                    ? Optional.empty()
                    : Optional.of("data.%s.%s: the manifest of %s lists only %d of %d groups"
                            .formatted(split, Provenance.GROUPS, model, named, all));
        }

        private Optional<String> withoutGroups(String split) {
            return UnstatedGroups.among(
                            groups(split), split, provenance.path("plan").path("data"))
                    .map(unstated -> "data.%s.%s: a group in the manifest of %s is only %s"
                            .formatted(split, Provenance.GROUPS, model, unstated));
        }

        private Set<String> groups(String split) {
            Set<String> groups = new HashSet<>();
            provenance.path("data").path(split).path(Provenance.GROUPS).forEach(group -> groups.add(group.asText()));
            return groups;
        }
    }

    /**
     * It is not known how the network was fitted.
     *
     * @param why the reason, for people
     */
    record Unknown(String why) implements Fit {

        @Override
        public Optional<Boolean> chosenByValidation() {
            return Optional.empty();
        }

        @Override
        public Optional<String> doubt(EvaluatedSplit part, Split planned, DataDigest digest) {
            return Optional.of(why);
        }

        @Override
        public SeenFrames use(DataDigest digest) {
            return new SeenFrames.Unknown(why);
        }
    }
}
