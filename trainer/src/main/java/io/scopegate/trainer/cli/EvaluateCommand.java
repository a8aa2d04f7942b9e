package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.dataset.FrameFolder;
import io.scopegate.trainer.dataset.FrameManifest;
import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.export.OnnxNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evaluate}: figures of a published model on labelled frames. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ask a published model about labelled frames, decoded and preprocessed as the server does it.")
public final class EvaluateCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "A model directory NAME/VERSION.")
    private Path model;

    @Option(
            names = "--frames",
            required = true,
            paramLabel = "DIR",
            description = "Folder with MANIFEST.csv or manifest.csv (columns file, label, group), or with sub-folders"
                    + " inbody and outbody.")
    private Path frames;

    @Option(
            names = "--held-out",
            paramLabel = "GROUP",
            description = "Group that the model has not seen. May be repeated (default: as the model's manifest says).")
    private List<String> heldOut = new ArrayList<>();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        return Reported.call(this::evaluate);
    }

    private void evaluate(Consumer<String> progress) throws IOException, ModelUnusableException {
        PublishedModel published = PublishedModel.open(model);
        FrameSet found = find();
        Figures figures;
        try (OnnxNetwork network = new OnnxNetwork(published.network())) {
            Split split = split(found, published.manifest());
            figures = Figures.run(network, split, published.manifest().inBodyThreshold());
        }
        progress.accept(json ? json(published, found, figures) : figures.lines().stripTrailing());
    }

    private static String json(PublishedModel published, FrameSet found, Figures figures) {
        ObjectNode node = figures.toJson();
        node.put("model", published.manifest().reference());
        node.put("digest", published.digest());
        node.put("skipped", found.skipped());
        return node.toString();
    }

    private FrameSet find() throws IOException {
        for (String name : List.of("MANIFEST.csv", "manifest.csv")) {
            if (Files.isRegularFile(frames.resolve(name))) {
                return FrameManifest.read(frames.resolve(name));
            }
        }
        return FrameFolder.read(frames, String.valueOf(frames.getFileName()));
    }

    /** Groups that the model was neither fitted to nor chosen by are held out. */
    private Split split(FrameSet found, ModelManifest manifest) {
        JsonNode data = manifest.provenance().path("data");
        Set<String> train = groups(data.path("train"));
        Set<String> validation = groups(data.path("validation"));
        List<LabelledFrame> fitted = new ArrayList<>();
        List<LabelledFrame> chosenBy = new ArrayList<>();
        List<LabelledFrame> unseen = new ArrayList<>();
        for (LabelledFrame frame : found.frames()) {
            boolean named = heldOut.contains(frame.group());
            boolean seen = heldOut.isEmpty() ? train.contains(frame.group()) : !named;
            boolean looked = heldOut.isEmpty() && validation.contains(frame.group());
            (looked ? chosenBy : seen ? fitted : unseen).add(frame);
        }
        return new Split(fitted, chosenBy, unseen);
    }

    private static Set<String> groups(JsonNode split) {
        Set<String> groups = new HashSet<>();
        split.path("groups").forEach(group -> groups.add(group.asText()));
        return groups;
    }
}
