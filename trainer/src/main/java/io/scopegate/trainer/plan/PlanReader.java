package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads plans. Relative paths are relative to the folder of the plan's file. */
public final class PlanReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private PlanReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a plan.
     *
     * @param file JSON
     * @param overrides each {@code dotted.path=value}; a value that is not JSON is a text
     * @throws IOException if the file cannot be read
     * @throws PlanException if a setting is wrong, missing or unknown
     */
    public static TrainingPlan read(Path file, List<String> overrides) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new PlanException(file + ": no such file");
        }
        JsonNode tree = JSON.readTree(file.toFile());
        if (!(tree instanceof ObjectNode root)) {
            throw new PlanException(file + ": a JSON object, not something else");
        }
        overrides.forEach(override -> Setting.parse(override, JSON).applyTo(root));
        Path parent = file.toAbsolutePath().normalize().getParent();
        return new PlanReader(parent == null ? Path.of("") : parent).plan(root);
    }

    private TrainingPlan plan(ObjectNode source) {
        PlanField root = new PlanField("", source).only("seed", "network", "data", "fit", "publish", "runs");
        PlanField data = root.field("data");
        PlanField fit = root.field("fit");
        PlanField publish = root.field("publish");
        return new TrainingPlan(
                root.field("seed").longInteger(123),
                network(root.field("network").only("width", "blocks")),
                data.present() ? Optional.of(data(data)) : Optional.empty(),
                fit.present() ? Optional.of(FitReader.fit(fit)) : Optional.empty(),
                publish.present() ? Optional.of(publish(publish)) : Optional.empty(),
                path(root.field("runs")),
                source);
    }

    private static Architecture network(PlanField network) {
        try {
            return new Architecture(
                    network.field("width").integer(1, PlanField.MOST),
                    network.field("blocks").list(block -> block.integer(1, PlanField.MOST)));
        } catch (IllegalArgumentException e) {
            throw new PlanException(String.valueOf(e.getMessage()));
        }
    }

    private DataPlan data(PlanField data) {
        data.only("sources", "validationGroups", "heldOutGroups", "memoryMiB");
        return new DataPlan(
                data.field("sources").list(this::source),
                data.field("validationGroups").list(PlanField::text),
                data.field("heldOutGroups").list(PlanField::text),
                data.field("memoryMiB").integer(1, PlanField.MOST, 4096));
    }

    private FrameSource source(PlanField source) {
        source.only("manifest", "folder", "group", "rendered", "count", "seed", "weight");
        double weight = source.field("weight").number(0, PlanField.MOST, 1);
        if (source.field("manifest").present()) {
            return new FrameSource.Manifest(path(source.field("manifest")), weight);
        }
        if (source.field("rendered").present()) {
            return new FrameSource.Rendered(
                    path(source.field("rendered")),
                    source.field("count").integer(2, PlanField.MOST),
                    source.field("seed").longInteger(1),
                    weight);
        }
        return new FrameSource.Folder(
                path(source.field("folder")), source.field("group").text(), weight);
    }

    private PublishPlan publish(PlanField publish) {
        publish.only(
                "models", "name", "version", "inputTensor", "outputTensor", "inBodyThreshold", "maxBatch", "notes");
        return new PublishPlan(
                path(publish.field("models")),
                publish.field("name").text(),
                publish.field("version").integer(1, PlanField.MOST),
                publish.field("inputTensor").text(),
                publish.field("outputTensor").text(),
                publish.field("inBodyThreshold").number(0, 1, 0.5),
                publish.field("maxBatch").integer(1, 1024, 8),
                publish.field("notes").list(PlanField::text));
    }

    private Path path(PlanField field) {
        return folder.resolve(field.text()).normalize();
    }
}
