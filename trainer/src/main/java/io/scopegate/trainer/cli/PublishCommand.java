package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.model.SigningKeys;
import io.scopegate.trainer.cli.ReleaseSteps.Doubts;
import io.scopegate.trainer.cli.ReleaseSteps.Terms;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.ModelRelease.Settings;
import io.scopegate.trainer.publish.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code publish}: publishes trained weights as a model directory, if they are good enough. */
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = {
            "Evaluates trained weights and publishes them as a model directory if they pass" + " publish.gate.",
            "",
            "The model is written to NAME/VERSION in the model root, completely or not at all."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:published",
            "1:failed; standard error names the cause; nothing is published unless only standard output failed",
            "2:wrong arguments",
            "3:the weights do not pass publish.gate; nothing is published"
        })
public final class PublishCommand implements Callable<Integer> {

    /** Other kinds of keys that people commonly have. The library's own message about them would not help. */
    private static final List<String> OTHER_KEYS = List.of("RSA", "EC");

    /** The source of the weights; exactly one option is given. */
    static final class Source {
        @Option(
                names = "--weights",
                paramLabel = "FILE|DIR",
                description = "Checkpoint (weights.safetensors, model.pt, model.ts) or model directory"
                        + " NAME/VERSION. Draft and report are written to publish-NAME-VERSION in the"
                        + " folder that the setting runs names.")
        private @Nullable Path weights;

        @Option(
                names = "--run",
                paramLabel = "DIR",
                description = "Folder of a run with weights.safetensors, instead of the setting runs. Draft"
                        + " and report are written to draft and eval in it.")
        private @Nullable Path run;
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Ed25519 private key in PEM format that signs the manifest (openssl genpkey"
                    + " -algorithm ed25519). Default: not signed.")
    private @Nullable Path key;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Root of the model directories. Default:" + " the setting publish.models.")
    private @Nullable Path models;

    @Option(
            names = "--no-thumbnails",
            description = "Leave images out of the report, since they are patient" + " data.")
    private boolean noThumbnails;

    @Option(
            names = "--json",
            description = "Print one JSON object instead of text: the published model, or why the gate refused it.")
    private boolean json;

    @Override
    public Integer call() {
        return CommandSteps.call(json, this::publish);
    }

    private void publish(Consumer<String> out) throws IOException, ModelUnusableException {
        TrainingPlan plan = config.plans(runSetting()).training();
        PublishPlan planned = plan.publish()
                .orElseThrow(() -> new PlanException("publish: required, with name and version of the model"));
        PublishPlan publish =
                models == null ? planned : planned.into(models.toAbsolutePath().normalize());
        ModelRelease.requireNewVersion(
                publish, models == null ? Settings.OF_PLAN : new Settings("--models", Settings.OF_PLAN.version()));
        Provenance.requireRoom(plan);
        EvaluationSteps.requireReportable(folder(plan, publish));
        PrivateKey signing = key == null ? null : readKey(key);
        List<String> warnings = new ArrayList<>();
        try (RunLock lock = new RunLock(folder(plan, publish), warnings::add)) {
            lock.takeIfFolderExists();
            publish(plan, publish, signing, lock, warnings, out);
        }
    }

    private void publish(
            TrainingPlan plan,
            PublishPlan publish,
            @Nullable PrivateKey signing,
            RunLock lock,
            List<String> warnings,
            Consumer<String> out)
            throws IOException, ModelUnusableException {
        FoundFrames frames = FoundFrames.of(PlannedFrames.find(
                plan.data().orElseThrow(() -> new PlanException("data: required to evaluate its frames"))));
        Path file = weightsFile();
        InputWeights weights = InputWeights.read(file).require(plan.network(), file);
        Doubts doubts = Doubts.of(file, plan, frames);
        weights.requireUnchanged(file);
        Terms terms = new Terms(command(), weights.origin(), signing, doubts, folder(plan, publish), !noThumbnails);
        Consumer<String> progress = json ? step -> {} : out;
        lock.take();
        warnings.addAll(frames.warnings());
        doubts.line().ifPresent(warnings::add);
        try (NDManager engine = TorchEngine.newManager()) {
            warnings.forEach(progress);
            PublishedModel model = new ReleaseSteps(plan, publish, progress, ProgressLine::of)
                    .run(engine, weights.values(), frames, terms);
            if (json) {
                out.accept(line(model, signing != null, warnings));
            }
        } catch (QualityGateException e) {
            throw e.with(warnings);
        }
    }

    /** Makes the named run the plan's run, so that its state is checked against the plan. */
    private List<String> runSetting() {
        return source.run == null ? List.of() : List.of("runs=" + TextNode.valueOf(source.run.toString()));
    }

    /**
     * Returns the folder for draft and report. Weights that are not given by their run get a folder of their own: in
     * the plan's run, their figures would be mistaken for that run's.
     */
    private Path folder(TrainingPlan plan, PublishPlan publish) {
        return source.run != null
                ? source.run
                : plan.runs().resolve("publish-" + publish.name() + "-" + publish.version());
    }

    private Path weightsFile() {
        if (source.weights != null) {
            return source.weights;
        }
        if (source.run != null) {
            return new RunWeights(source.run).file();
        }
        throw new IllegalStateException("picocli requires one of both");
    }

    private static PrivateKey readKey(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException("--key: " + file + ": no such file");
        }
        try {
            return SigningKeys.readPrivate(file);
        } catch (InvalidKeyException e) {
            String reason = OTHER_KEYS.stream()
                    .filter(algorithm -> isKey(file, algorithm))
                    .findFirst()
                    .map(algorithm -> file + ": must be an Ed25519 private key, got an " + algorithm + " key")
                    .orElse(e.getMessage());
            throw new IOException("--key: " + reason, e);
        }
    }

    /**
     * Returns whether the file is a private key of this algorithm. Only a regular file is read again: a pipe is empty
     * after the first time, or blocks until somebody writes to it.
     */
    private static boolean isKey(Path file, String algorithm) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            SigningKeys.readPrivate(file, algorithm);
            return true;
        } catch (InvalidKeyException e) {
            return false;
        }
    }

    private static String line(PublishedModel model, boolean signed, List<String> warnings) {
        ObjectNode line = Outcome.published(model, signed);
        warnings.forEach(line.putArray("warnings")::add);
        return line.toString();
    }

    private String command() {
        return "publish --weights " + weightsFile().getFileName() + " " + config.typed();
    }
}
