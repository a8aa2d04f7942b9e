package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.infer.ModelForm;
import io.scopegate.trainer.report.Subject.Digest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Identifies the model that gives the answers printed after it.
 *
 * @param name {@code NAME/VERSION}, or the name of the file
 * @param digest digest of the model or the file
 */
record JudgingModel(String name, Digest digest) {

    /** Identifies a model directory, an ONNX file or a checkpoint. Blocks while it is read. */
    static JudgingModel of(Path model) throws IOException, ModelUnusableException {
        String file = String.valueOf(model.getFileName());
        return switch (ModelForm.of(model)) {
            case DIRECTORY -> {
                PublishedModel published = PublishedModel.open(model);
                yield new JudgingModel(published.manifest().reference(), Digest.ofModel(published.digest()));
            }
            case ONNX -> new JudgingModel(file, Digest.ofNetwork(Digests.sha256(model)));
            case CHECKPOINT -> new JudgingModel(file, Digest.ofWeights(Digests.sha256(model)));
        };
    }

    /** Returns one line for people. */
    String line() {
        return "model: " + name + " " + digest.value();
    }

    /** Returns one line of JSON for programs. The digest's field has the same name as in {@code metrics.json}. */
    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", name)
                .put(digest.field(), digest.value())
                .toString();
    }
}
