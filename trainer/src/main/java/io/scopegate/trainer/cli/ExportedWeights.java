package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.export.OnnxWeights;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Weights to be written in another form.
 *
 * @param values the weights
 * @param origin where they are from, for people
 */
record ExportedWeights(StateDict values, ObjectNode origin) {

    static ExportedWeights ofFile(Path file) throws IOException {
        ObjectNode origin = JsonNodeFactory.instance.objectNode();
        origin.put("file", String.valueOf(file.getFileName())).put("sha256", Digests.sha256(file));
        return new ExportedWeights(WeightFile.read(file), origin);
    }

    static ExportedWeights ofModel(Path directory) throws IOException, ModelUnusableException {
        PublishedModel model = PublishedModel.open(directory);
        ObjectNode origin = JsonNodeFactory.instance.objectNode();
        origin.put("model", model.manifest().reference()).put("digest", model.digest());
        origin.put("batchNorms", "folded into the convolutions; what is left of them adds the bias");
        return new ExportedWeights(OnnxWeights.read(model.network()), origin);
    }
}
