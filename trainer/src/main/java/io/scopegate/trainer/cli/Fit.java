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

/** What is known of how a network was fitted, and so of what it has seen. */
sealed interface Fit {

    /** Whether the validation frames decided of which epoch the weights are; empty where nobody knows. */
    Optional<Boolean> chosenByValidation();

    /**
     * Why nobody knows whether the network has seen of these frames what their split says.
     *
     * @param part of the plan's frames
     * @param planned as a plan splits the frames that are there now
     * @return empty where they are what it was fitted to and chosen by, and the others new to it
     */
    Optional<String> doubt(EvaluatedSplit part, Split planned, DataDigest digest);

    /**
     * What the network has seen of any frames.
     *
     * @throws IOException if frames that tell are not found
     */
    FramesUse use(DataDigest digest) throws IOException;

    /**
     * What a published model's manifest says.
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
     * By the run of a plan, whose state has the digest of the frames.
     *
     * @param plan as the state has it
     */
    record Planned(TrainingPlan plan) implements Fit {

        /** Early stopping looks at the validation frames as the choice of the best epoch does. */
        @Override
        public Optional<Boolean> chosenByValidation() {
            return plan.fit()
                    .map(fit ->
                            fit.checkpoint() == Checkpoint.BEST || fit.options().patience() > 0);
        }

        /** What it began with matters not of the frames that it was fitted to in any case. */
        @Override
        public Optional<String> doubt(EvaluatedSplit part, Split planned, DataDigest digest) {
            Optional<String> doubt = doubt(planned, digest);
            return doubt.isPresent() || part == EvaluatedSplit.TRAIN
                    ? doubt
                    : FirstWeights.of(plan).doubt(part.frames(planned), digest);
        }

        private Optional<String> doubt(Split planned, DataDigest digest) {
            return RunWeights.doubt(RunWeights.of(plan).file(), plan, Fingerprint.ofSeen(plan, planned, digest));
        }

        @Override
        public FramesUse use(DataDigest digest) throws IOException {
            Split planned = PlannedFrames.find(plan.data()
                            .orElseThrow(() -> new PlanException("data: required to know the frames of the run")))
                    .split();
            return doubt(planned, digest)
                    .<FramesUse>map(FramesUse.Unknown::new)
                    .orElseGet(() -> FramesUse.known(
                                    FramesUse.oneOf(planned.train(), digest),
                                    FramesUse.oneOf(planned.validation(), digest))
                            .after(FirstWeights.of(plan).use(digest)));
        }
    }

    /**
     * As a manifest says; of random weights it lists no frames.
     *
     * @param model that it is of
     * @param pictures that the network has seen; empty where the model, of an earlier release, does not list them
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

        /** Why more may have been seen than the manifest lists. */
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
        public FramesUse use(DataDigest digest) {
            return before().<FramesUse>map(FramesUse.Unknown::new)
                    .orElseGet(() -> pictures.map(seen -> listed(seen, digest)).orElseGet(this::listed));
        }

        private FramesUse listed(SeenPictures seen, DataDigest digest) {
            Optional<String> unnamed = unnamed("train").or(() -> unnamed("validation"));
            return new FramesUse.Known(
                    FramesUse.oneOf(groups("train"), seen.train(), digest),
                    FramesUse.oneOf(groups("validation"), seen.validation(), digest),
                    frame -> frame.grouped() ? unnamed : Optional.empty());
        }

        /** By groups alone, so that nothing is known of frames without. Random weights have seen nothing. */
        private FramesUse listed() {
            if (!provenance.has("data")) {
                return FramesUse.NOTHING;
            }
            return withoutGroups("train")
                    .or(() -> withoutGroups("validation"))
                    .<FramesUse>map(FramesUse.Unknown::new)
                    .orElseGet(() -> new FramesUse.Known(
                            FramesUse.of(groups("train")),
                            FramesUse.of(groups("validation")),
                            frame -> frame.grouped()
                                    ? Optional.empty()
                                    : Optional.of("frames without a group: the manifest of " + model
                                            + " states only by groups what its network has seen")));
        }

        /** Where a manifest names the first of very many groups, nobody knows what is of the others. */
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
     * Nobody knows.
     *
     * @param why for people
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
        public FramesUse use(DataDigest digest) {
            return new FramesUse.Unknown(why);
        }
    }
}
