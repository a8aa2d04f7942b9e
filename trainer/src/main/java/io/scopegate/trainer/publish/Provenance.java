package io.scopegate.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The part of a manifest that says how its model was made. */
public final class Provenance {

    private static final String USE = "NOT FOR CLINICAL USE. Not a medical device; not validated on patients.";

    /** Field that says that it is unknown how, and on which frames, the weights were fitted. */
    public static final String FIT_UNKNOWN = "fitted";

    /** Field with the digest of a split's frames. */
    public static final String DIGEST = "sha256OfFileDigests";

    /** Field with the groups of a split's frames; of very many, only the first. */
    public static final String GROUPS = "groups";

    /** Field with the number of all groups of a split's frames. */
    public static final String GROUP_COUNT = "groupCount";

    /**
     * Limit for the group names of one split, in characters. A manifest is limited to 1 MiB; a character may take six
     * bytes, and there are three splits.
     */
    private static final int MOST_GROUP_CHARACTERS = 1 << 15;

    /**
     * Limit for the plan, in bytes, with its notes counted twice, since the manifest has them twice. It leaves room in
     * the manifest for groups and figures.
     */
    private static final int MOST_PLAN_BYTES = 1 << 18;

    /** Field that says that nothing was fitted. */
    public static final String RANDOM = "weights";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    /**
     * Refuses a plan that is too large for a manifest. Callers check before they start the work, so that such a plan
     * fails at once and not after the work.
     *
     * @throws PlanException if the plan is too large; the message has the limit
     */
    public static void requireRoom(TrainingPlan plan) {
        JsonNode notes = plan.source().path("publish").path("notes");
        int bytes = bytes(plan.source()) + bytes(notes);
        if (bytes > MOST_PLAN_BYTES) {
            throw new PlanException(
                    "publish: a plan of at most %d bytes with its notes twice, as the model's manifest states it, not %d"
                            .formatted(MOST_PLAN_BYTES, bytes));
        }
    }

    private static int bytes(JsonNode json) {
        return json.toPrettyString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Creates the provenance of any network. */
    public Provenance(StateDict weights) {
        Architecture architecture = weights.network().architecture();
        root.put("use", USE);
        ObjectNode network = root.putObject("network");
        network.put("kind", "SE-ResNet with bottleneck blocks");
        network.put("width", architecture.width());
        architecture.blocks().forEach(network.putArray("blocks")::add);
        network.put("parameters", weights.parameterCount());
    }

    /**
     * Creates the provenance of a plan's network. It states that the plan fitted the weights, unless {@link
     * #fittedUnknown}, {@link #settingsUnknown} or {@link #randomWeights} says otherwise.
     */
    public Provenance(TrainingPlan plan, StateDict weights) {
        this(weights);
        plan.publish().flatMap(PublishPlan::licence).ifPresent(licence -> root.put("licence", licence));
        plan.publish().ifPresent(publish -> publish.notes().forEach(root.putArray("notes")::add));
        root.set("plan", plan.source().deepCopy());
    }

    /** States that it is unknown whether the plan fitted the weights, and removes the plan's seed and fit. */
    public Provenance fittedUnknown() {
        root.withObject("/plan").remove(List.of("seed", "fit"));
        root.put(
                FIT_UNKNOWN,
                "NOT KNOWN whether by this plan's run, so how and on which frames these weights were trained is not"
                        + " stated; see weightsFrom. The split in data, figures and evaluation is that of this plan");
        return this;
    }

    /**
     * States that the weights were fitted to the plan's frames with other settings than the plan's, and removes the
     * plan's seed and the settings of its fit.
     *
     * @param same settings of the fit that are known to be the same, which stay
     */
    public Provenance settingsUnknown(List<String> same) {
        root.withObject("/plan").remove("seed");
        root.withObject("/plan/fit").retain(same);
        root.put(
                "settings",
                "NOT KNOWN: these weights were trained on the frames in data.train, and those in data.validation may have"
                        + " chosen the epoch, but with other settings than those of this plan, so the seed and most"
                        + " settings of the fit are not stated");
        return this;
    }

    /** States that the weights are random and nothing was fitted. */
    public Provenance randomWeights(long seed) {
        root.put(RANDOM, "random, seed " + seed + ": for measuring speed; the answers mean nothing");
        return this;
    }

    /** States that the weights were imported and have not been evaluated. */
    public Provenance imported(Path file) throws IOException {
        ObjectNode imported = root.putObject("imported");
        imported.put("file", String.valueOf(file.getFileName()));
        imported.put("sha256", Digests.sha256(file));
        root.put("evaluated", "NOT EVALUATED: how well these weights answer was not measured; see evaluate");
        return this;
    }

    /** States where the weights are from, or those that the fit began with. */
    public Provenance origin(ObjectNode origin) {
        root.set("weightsFrom", origin);
        return this;
    }

    /** States which command made the model. */
    public Provenance command(String command) {
        root.put("command", command);
        root.put("java", Runtime.version().toString());
        return this;
    }

    /** States which commit of the project made the model, if it is known. */
    public Provenance revision() {
        SourceRevision.current().ifPresent(revision -> root.put("revision", revision));
        return this;
    }

    /** States the largest difference between the logits of the exported and the trained network. */
    public Provenance parity(double difference) {
        root.put("largestLogitDifferenceToTrainedNetwork", difference);
        return this;
    }

    /**
     * States groups and digest of each split's frames. Of very many groups it lists the first, and the number of all.
     */
    public Provenance data(Split split, DataDigest digest) {
        ObjectNode data = root.putObject("data");
        describe(data, "train", split.train(), digest);
        describe(data, "validation", split.validation(), digest);
        describe(data, "heldOut", split.heldOut(), digest);
        return this;
    }

    /** States the figures by split. */
    public Provenance figures(Figures figures) {
        root.set("figures", figures.toJson());
        return this;
    }

    /** States the figures, with intervals, that the quality gate checked. */
    public Provenance evaluation(ObjectNode summary) {
        root.set("evaluation", summary);
        return this;
    }

    private static void describe(ObjectNode data, String name, List<LabelledFrame> frames, DataDigest digest) {
        if (frames.isEmpty()) {
            return;
        }
        ObjectNode node = data.putObject(name);
        for (Label label : Label.values()) {
            node.put(
                    label.text(),
                    frames.stream().filter(f -> f.label() == label).count());
        }
        List<String> groups =
                frames.stream().map(LabelledFrame::group).distinct().sorted().toList();
        nameFirst(groups, node.putArray(GROUPS));
        node.put(GROUP_COUNT, groups.size());
        node.put(DIGEST, digest.of(frames));
    }

    private static void nameFirst(List<String> groups, ArrayNode named) {
        int left = MOST_GROUP_CHARACTERS;
        for (String group : groups) {
            left -= group.length() + "\"\", ".length();
            if (left < 0) {
                return;
            }
            named.add(group);
        }
    }

    /** Returns a copy of the JSON so far. */
    public ObjectNode toJson() {
        return root.deepCopy();
    }
}
