package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.SampleList;
import io.scopegate.trainer.infer.Classification;
import io.scopegate.trainer.infer.ClassificationFiles;
import io.scopegate.trainer.infer.FrameNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code infer}: classifies the pictures of a list. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Classify the pictures of a list, print each class, and write predictions.csv as the reference"
                        + " bundle does, and probabilities.csv. The class is the larger logit; a model's threshold is not used.")
public final class InferCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE|DIR",
            description = "A checkpoint (weights.safetensors, model.pt, model.ts) or a model directory NAME/VERSION.")
    private Path model;

    @Option(
            names = "--samples",
            required = true,
            paramLabel = "FILE",
            description = "JSON: [{\"image\": path, \"label\": 0 or 1}].")
    private Path samples;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the two files.")
    private Path out;

    @Option(names = "--json", description = "Print one line of JSON for each picture.")
    private boolean json;

    @Override
    public Integer call() {
        return Reported.call(this::infer);
    }

    private void infer(Consumer<String> progress) throws IOException, ModelUnusableException {
        SampleList list = SampleList.read(samples);
        try (FrameNetwork network = FrameNetwork.open(model)) {
            List<Classification> classifications =
                    Classification.run(network, list, each -> progress.accept(json ? json(each) : line(each)));
            ClassificationFiles.write(classifications, out);
        }
    }

    private static String line(Classification each) {
        boolean inBody = each.predicted() == Label.IN_BODY;
        double confidence = inBody ? each.inBody() : 1 - each.inBody();
        return String.format(
                Locale.ROOT,
                "%-11s  %.4f  %s",
                inBody ? "in body" : "out of body",
                confidence,
                each.sample().image());
    }

    private static String json(Classification each) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("image", each.sample().image());
        node.put("class", each.predicted().text());
        node.put("label", each.sample().label().text());
        node.put("inBody", each.inBody());
        node.putArray("logits").add(each.inBodyLogit()).add(each.outOfBodyLogit());
        return node.toString();
    }
}
