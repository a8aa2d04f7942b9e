package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.export.OnnxWeights;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Weights that a command was given.
 *
 * @param values the weights
 * @param origin where the weights are from, for people
 * @param folded whether they are a published model's, whose batch norms are folded into the convolutions
 */
record InputWeights(StateDict values, ObjectNode origin, boolean folded) {

    private static final String SHA_256 = "sha256";

    /**
     * Reads a checkpoint ({@code weights.safetensors}, {@code model.pt}, {@code model.ts}) or a model directory.
     *
     * @throws IOException if it is none of these or cannot be read; the message is one line
     * @throws ModelUnusableException if the directory is not as it was published
     */
    static InputWeights read(Path weights) throws IOException, ModelUnusableException {
        return Files.isDirectory(weights) ? ofModel(weights) : ofFile(weights);
    }

    private static InputWeights ofFile(Path file) throws IOException {
        WeightFile.requireFile(file);
        ObjectNode origin = JsonNodeFactory.instance.objectNode();
        origin.put("file", String.valueOf(file.getFileName())).put(SHA_256, Digests.sha256(file));
        return new InputWeights(WeightFile.read(file), origin, false);
    }

    private static InputWeights ofModel(Path directory) throws IOException, ModelUnusableException {
        PublishedModel model = PublishedModel.open(directory);
        ObjectNode origin = JsonNodeFactory.instance.objectNode();
        origin.put("model", model.manifest().reference()).put("digest", model.digest());
        origin.put("batchNorms", "folded into the convolutions; what is left of them adds the bias");
        return new InputWeights(OnnxWeights.read(model.network()), origin, true);
    }

    /**
     * Refuses a file that has other weights by now. A training may replace them at any time.
     *
     * @param weights file or directory that they were read from
     */
    void requireUnchanged(Path weights) throws IOException {
        if (origin.has(SHA_256)
                && !Digests.sha256(weights).equals(origin.path(SHA_256).asText())) {
            throw new IOException(weights + ": changed while it was read; wait until the training that writes it ends");
        }
    }

    /**
     * Refuses weights whose network is not the plan's.
     *
     * @param weights file or directory that they were read from
     */
    InputWeights require(Architecture planned, Path weights) {
        Architecture found = values.network().architecture();
        if (!found.equals(planned)) {
            throw new PlanException(
                    "network: %s has width %d and blocks %s, but the configuration says width %d and blocks %s"
                            .formatted(weights, found.width(), found.blocks(), planned.width(), planned.blocks()));
        }
        return this;
    }
}
