package io.scopegate.trainer.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelPublisher;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.file.OutputFolder;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Publishes a draft as a model. */
public final class ModelRelease {

    /**
     * The tolerance of the golden vectors: how much a served network's probabilities may differ from the published
     * ones.
     */
    private static final double PROBABILITY_TOLERANCE = 1e-3;

    private ModelRelease() {}

    /**
     * Refuses a version that already exists, and a root of models that cannot be written to. Callers check before they
     * start the work, so that a wrong setting fails at once and not after the work.
     *
     * @throws IOException if refused; the message has the path and the setting to change
     */
    public static void requireNewVersion(PublishPlan publish, Settings settings) throws IOException {
        Path model = publish.models().resolve(publish.name());
        Path target = model.resolve(String.valueOf(publish.version()));
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(),
                    null,
                    "a published version is never changed; choose another version: " + settings.version);
        }
        OutputFolder.require(model, settings.models);
    }

    /**
     * The settings or options that tell a command where a model goes, for its error messages.
     *
     * @param models setting for the root of models
     * @param version setting for the version
     */
    public record Settings(String models, String version) {

        /** The settings of a plan. */
        public static final Settings OF_PLAN = new Settings("publish.models", "publish.version");
    }

    /**
     * Publishes {@code models/NAME/VERSION}, completely or not at all.
     *
     * @param key Ed25519 key that signs the manifest; null leaves it unsigned
     * @throws IOException if that version exists or cannot be written
     * @throws ModelUnusableException if the server would refuse the model
     */
    public static PublishedModel publish(
            ModelDraft draft, PublishPlan plan, ObjectNode provenance, @Nullable PrivateKey key)
            throws IOException, ModelUnusableException {
        return publish(draft, plan, provenance, Optional.empty(), key);
    }

    /**
     * Publishes like {@link #publish(ModelDraft, PublishPlan, ObjectNode, PrivateKey)}, with the list of pictures that
     * the network has seen.
     *
     * @param seen pictures that the network has seen; empty if they are not known, or nothing was fitted
     */
    public static PublishedModel publish(
            ModelDraft draft,
            PublishPlan plan,
            ObjectNode provenance,
            Optional<SeenPictures> seen,
            @Nullable PrivateKey key)
            throws IOException, ModelUnusableException {
        ModelManifest manifest = new ModelManifest(
                plan.name(),
                plan.version(),
                ModelDraft.NETWORK,
                Label.texts(),
                new Input(plan.inputTensor(), InputShape.REFERENCE, Preprocessing.ID),
                plan.outputTensor(),
                plan.inBodyThreshold(),
                plan.maxBatch(),
                new GoldenVectors(PROBABILITY_TOLERANCE, draft.golden()),
                List.of(),
                provenance);
        return ModelPublisher.publish(plan.models(), manifest, directory -> write(draft, seen, directory), key);
    }

    private static void write(ModelDraft draft, Optional<SeenPictures> seen, Path directory) throws IOException {
        copy(draft, directory);
        if (seen.isPresent()) {
            seen.get().writeTo(directory);
        }
    }

    private static void copy(ModelDraft draft, Path directory) throws IOException {
        Files.copy(draft.network(), directory.resolve(ModelDraft.NETWORK));
        for (GoldenVector vector : draft.golden()) {
            Path picture = directory.resolve(vector.picture());
            Files.createDirectories(picture.getParent());
            Files.copy(draft.folder().resolve(vector.picture()), picture);
        }
    }
}
