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

/** What a manifest says about how its model was made. */
public final class Provenance {

    private static final String USE = "NOT FOR CLINICAL USE. Not a medical device; not validated on patients.";

    /** Where a manifest says that nobody knows by what, and to which frames, its weights were fitted. */
    public static final String FIT_UNKNOWN = "fitted";

    /** Under what a manifest has the digest of a split's frames. */
    public static final String DIGEST = "sha256OfFileDigests";

    /** Under what a manifest names the groups of a split's frames, the first of many. */
    public static final String GROUPS = "groups";

    /** Under what a manifest says how many groups a split's frames have in all. */
    public static final String GROUP_COUNT = "groupCount";

    /** A manifest may have a mebibyte at most, and a character may take six bytes in each of three splits. */
    private static final int MOST_GROUP_CHARACTERS = 1 << 15;

    /** Likewise, beside the groups and the figures, with its notes a second time. */
    private static final int MOST_PLAN_BYTES = 1 << 18;

    /** Where a manifest says that nothing was fitted. */
    public static final String RANDOM = "weights";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    /**
     * Refuses a plan that a manifest has no room for: callers ask before the work, so that nobody waits for a refusal.
     *
     * @throws PlanException with how much there is room for
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

    /** Of any network. */
    public Provenance(StateDict weights) {
        Architecture architecture = weights.network().architecture();
        root.put("use", USE);
        ObjectNode network = root.putObject("network");
        network.put("kind", "SE-ResNet with bottleneck blocks");
        network.put("width", architecture.width());
        architecture.blocks().forEach(network.putArray("blocks")::add);
        network.put("parameters", weights.parameterCount());
    }

    /** Of a network of the plan, fitted as it says unless that is said otherwise. */
    public Provenance(TrainingPlan plan, StateDict weights) {
        this(weights);
        plan.publish().flatMap(PublishPlan::licence).ifPresent(licence -> root.put("licence", licence));
        plan.publish().ifPresent(publish -> publish.notes().forEach(root.putArray("notes")::add));
        root.set("plan", plan.source().deepCopy());
    }

    /** Says that nobody knows whether the plan fitted the weights. */
    public Provenance fittedUnknown() {
        root.withObject("/plan").remove(List.of("seed", "fit"));
        root.put(
                FIT_UNKNOWN,
                "NOT KNOWN whether by this plan's run, so how and on which frames these weights were trained is not"
                        + " stated; see weightsFrom. The split in data, figures and evaluation is that of this plan");
        return this;
    }

    /** Says that nothing was fitted. */
    public Provenance randomWeights(long seed) {
        root.put(RANDOM, "random, seed " + seed + ": for measuring speed; the answers mean nothing");
        return this;
    }

    /** Says that the weights came from outside, so that nothing is known about how good they are. */
    public Provenance imported(Path file) throws IOException {
        ObjectNode imported = root.putObject("imported");
        imported.put("file", String.valueOf(file.getFileName()));
        imported.put("sha256", Digests.sha256(file));
        root.put("evaluated", "NOT EVALUATED: how well these weights answer was not measured; see evaluate");
        return this;
    }

    /** Says where the weights are from, or those that they were fitted from. */
    public Provenance origin(ObjectNode origin) {
        root.set("weightsFrom", origin);
        return this;
    }

    /** Says which command made the model. */
    public Provenance command(String command) {
        root.put("command", command);
        root.put("java", Runtime.version().toString());
        return this;
    }

    /** Says which commit of the project made the model, where that is known. */
    public Provenance revision() {
        SourceRevision.current().ifPresent(revision -> root.put("revision", revision));
        return this;
    }

    /** Says by how much the exported network's logits differ from the trained one's. */
    public Provenance parity(double difference) {
        root.put("largestLogitDifferenceToTrainedNetwork", difference);
        return this;
    }

    /** States groups and digest of the frames of each split; of very many groups it names the first, and their number. */
    public Provenance data(Split split, DataDigest digest) {
        ObjectNode data = root.putObject("data");
        describe(data, "train", split.train(), digest);
        describe(data, "validation", split.validation(), digest);
        describe(data, "heldOut", split.heldOut(), digest);
        return this;
    }

    /** States figures by split. */
    public Provenance figures(Figures figures) {
        root.set("figures", figures.toJson());
        return this;
    }

    /** States the figures, with intervals, that the quality gate looked at. */
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

    /** The JSON so far. */
    public ObjectNode toJson() {
        return root.deepCopy();
    }
}
