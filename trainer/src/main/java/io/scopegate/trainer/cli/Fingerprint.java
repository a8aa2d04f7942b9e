package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.plan.TrainingPlan;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The settings and frames that have to be the same for weights to come out the same. A run's state contains them.
 *
 * @param values the settings, and what is known about the frames
 * @param compared selects the part of these values, and of a state's, that has to be equal
 */
record Fingerprint(ObjectNode values, UnaryOperator<JsonNode> compared) {

    private static final String DEVICES = "devices";
    private static final List<String> FRAMES = List.of("trainingFramesDigest", "validationFramesDigest");

    /**
     * Settings of the fit that decide which frames the weights have seen: what they began with and how the epoch was
     * chosen. How the weights changed from one epoch to the next does not matter.
     */
    static final List<String> SEEING = List.of("from", "checkpoint", "patience");

    /**
     * Returns a fingerprint that compares all settings and frames except the number of devices, which is known only
     * during a run.
     */
    static Fingerprint of(TrainingPlan plan, Split frames, DataDigest digest) {
        return new Fingerprint(all(plan, frames, digest), Fingerprint::withoutDevices);
    }

    /**
     * Returns a fingerprint that compares only what decides which frames the weights have seen: digests of the frames,
     * and some settings.
     */
    static Fingerprint ofSeen(TrainingPlan plan, Split frames, DataDigest digest) {
        return new Fingerprint(all(plan, frames, digest), all -> choice(all, FRAMES));
    }

    /**
     * Returns a fingerprint that compares only the settings which decide which frames the weights have seen, for
     * callers that need not have the frames.
     */
    static Fingerprint ofSeen(TrainingPlan plan) {
        return new Fingerprint(settings(plan), all -> choice(all, List.of()));
    }

    private static ObjectNode all(TrainingPlan plan, Split frames, DataDigest digest) {
        ObjectNode values = settings(plan);
        values.put("trainingFrames", frames.train().size());
        values.put("validationFrames", frames.validation().size());
        values.put("trainingFramesDigest", digest.of(frames.train()));
        values.put("validationFramesDigest", digest.of(frames.validation()));
        return values;
    }

    private static ObjectNode settings(TrainingPlan plan) {
        ObjectNode settings = plan.source().deepCopy();
        settings.retain("seed", "network", "data", "fit");
        if (settings.get("data") instanceof ObjectNode data) {
            data.remove(List.of("loaders", "memoryMiB"));
        }
        return settings;
    }

    private static JsonNode withoutDevices(JsonNode all) {
        return all.deepCopy() instanceof ObjectNode rest ? rest.without(List.of(DEVICES)) : all;
    }

    private static JsonNode choice(JsonNode all, List<String> frames) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode();
        copy(frames, all, choice);
        copy(SEEING, all.path("fit"), choice.putObject("fit"));
        return choice;
    }

    private static void copy(List<String> names, JsonNode from, ObjectNode to) {
        names.stream().filter(from::has).forEach(name -> to.set(name, from.path(name)));
    }

    /** Returns all values with the number of devices, as a state contains them. */
    JsonNode on(int devices) {
        return values.deepCopy().put(DEVICES, devices);
    }
}
