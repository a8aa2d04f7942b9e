package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.cli.EvaluationSteps.Reporting;
import io.scopegate.trainer.dataset.FrameLoader;
import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.ModelRelease.Settings;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.publish.SeenPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps from weights to a published model: export, evaluation, quality gate, provenance, signature, publication.
 *
 * @param plan network, frames and gate; also how the weights were fitted, if they are those of its run
 * @param publish where the model goes
 * @param progress receives a line for each step
 * @param frameProgress shows the progress of the evaluation
 */
record ReleaseSteps(TrainingPlan plan, PublishPlan publish, Consumer<String> progress, Progress frameProgress) {

    /**
     * Why the weights may not be the plan's.
     *
     * @param settings why they may have been fitted with other settings; empty if with the plan's
     * @param frames why they may have been fitted to other frames, or chosen by others; empty if by the plan's
     */
    record Doubts(Optional<String> settings, Optional<String> frames) {

        static final Doubts NONE = new Doubts(Optional.empty(), Optional.empty());

        /** Compares a file of weights with those of the plan's run. */
        static Doubts of(Path weights, TrainingPlan plan, FoundFrames frames) {
            Fingerprint all = Fingerprint.of(plan, frames.split(), frames.digest());
            Fingerprint seen = Fingerprint.ofSeen(plan, frames.split(), frames.digest());
            Optional<String> settings = RunWeights.doubt(weights, plan, all);
            return new Doubts(settings, settings.flatMap(any -> RunWeights.doubt(weights, plan, seen)));
        }

        /** Returns one line for the user, with what follows from the doubts. */
        Optional<String> line() {
            String unstated = frames.isPresent()
                    ? "; so the manifest does not state how the weights were trained"
                    : "; so the manifest states on which frames the weights were trained, but not how";
            return settings.map(why -> why + unstated);
        }
    }

    /**
     * What differs between two releases of the same plan.
     *
     * @param command the command as typed, for the model's provenance
     * @param origin where the weights are from, or those that the fit began with
     * @param key key that signs the manifest; null leaves it unsigned
     * @param doubts why the weights may be of another run
     * @param run folder of the run, with its history if there is one; receives draft and report
     * @param thumbnails whether the report shows frames
     */
    record Terms(
            String command, ObjectNode origin, @Nullable PrivateKey key, Doubts doubts, Path run, boolean thumbnails) {}

    /**
     * Refuses a gate if there are no test frames. Callers check before they start the work, so that this fails at once
     * and not after the work.
     *
     * @throws QualityGateException if the gate requires anything and there are no test frames
     */
    static void requireTestFrames(PublishPlan publish, Split split) throws QualityGateException {
        if (!publish.gate().least().isEmpty() && split.heldOut().isEmpty()) {
            throw new QualityGateException("publish.gate: requires test frames, from data.test or data.heldOutGroups");
        }
    }

    /**
     * Refuses a gate that no model could pass on these test frames, because some cannot be decoded or because they say
     * too little. {@code train} checks this before it fits.
     *
     * @param loader decodes the test frames
     * @throws QualityGateException if the gate is refused; the message has what could not be reached, or the first
     *     frame that cannot be decoded
     */
    static void requirePassable(PublishPlan publish, List<LabelledFrame> test, FrameLoader loader) throws IOException {
        if (publish.gate().least().isEmpty()) {
            return;
        }
        List<String> unreachable = publish.gate().unreachable(test);
        if (!unreachable.isEmpty()) {
            throw refusal(
                    unreachable.stream()
                            .map(reason -> "%s, even for a perfect model on the test frames (%d)"
                                    .formatted(reason, test.size()))
                            .toList(),
                    JsonNodeFactory.instance.objectNode());
        }
        List<String> unreadable = new ArrayList<>();
        loader.load(test, ReleaseSteps::complaint, complaint -> complaint.ifPresent(unreadable::add));
        if (!unreadable.isEmpty()) {
            throw new QualityGateException("publish.gate: test frames that cannot be judged: %d, such as %s"
                    .formatted(unreadable.size(), unreadable.getFirst()));
        }
    }

    private static QualityGateException refusal(List<String> reasons, ObjectNode figures) {
        return new QualityGateException("publish.gate: " + String.join("; ", reasons), reasons, figures);
    }

    private static Optional<String> complaint(FrameReader reader, Path file) {
        try {
            reader.tensor(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileFault.text(e));
        }
    }

    /**
     * Publishes the weights, or nothing.
     *
     * @throws IOException if the version exists or cannot be written, a file cannot be read or written, or the exported
     *     network's answers differ from the trained one's
     * @throws QualityGateException if the test frames are not answered as well as the plan requires
     */
    PublishedModel run(NDManager engine, StateDict weights, FoundFrames frames, Terms terms)
            throws IOException, ModelUnusableException {
        ModelRelease.requireNewVersion(publish, Settings.OF_PLAN);
        Split split = frames.split();
        requireTestFrames(publish, split);
        Reporting reporting = Reporting.of(terms.run, terms.thumbnails, progress);
        Path folder = terms.run.resolve("draft");
        ModelDraft draft = ModelDraft.write(engine, weights, folder, publish, parityFrames(split));
        progress.accept("export: logits differ by %.1e at most".formatted(draft.parity()));
        Fit fit = terms.doubts.frames.<Fit>map(Fit.Unknown::new).orElse(new Fit.Planned(plan));
        EvaluationSteps evaluation = EvaluationSteps.run(
                EvaluatedModel.of(draft, publish, fit),
                EvaluatedFrames.ofPlan(frames, fit).with(plan.subsets()),
                frameProgress);
        List<String> refusals = publish.gate().failures(evaluation.metrics());
        evaluation.report(reporting, refusals);
        if (!refusals.isEmpty()) {
            throw refusal(refusals, Outcome.refused(publish, evaluation));
        }
        Provenance provenance = provenance(weights, terms.doubts)
                .command(terms.command)
                .origin(terms.origin)
                .revision()
                .data(split, frames.digest())
                .parity(draft.parity())
                .figures(evaluation.figures())
                .evaluation(evaluation.summary());
        Optional<SeenPictures> seen = terms.doubts.frames.isPresent()
                ? Optional.empty()
                : Optional.of(SeenPictures.of(split, frames.digest()));
        PublishedModel model = ModelRelease.publish(draft, publish, provenance.toJson(), seen, terms.key);
        progress.accept("published: %s %s%s"
                .formatted(model.directory(), model.digest(), terms.key == null ? ", not signed" : ", signed"));
        return model;
    }

    private Provenance provenance(StateDict weights, Doubts doubts) {
        Provenance planned = new Provenance(plan, weights);
        if (doubts.frames.isPresent()) {
            return planned.fittedUnknown();
        }
        return doubts.settings.isPresent() ? planned.settingsUnknown(Fingerprint.SEEING) : planned;
    }

    private static List<LabelledFrame> parityFrames(Split split) {
        return Stream.concat(split.heldOut().stream(), split.train().stream()).toList();
    }
}
