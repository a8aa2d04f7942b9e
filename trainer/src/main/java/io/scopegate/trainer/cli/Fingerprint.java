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
 * What has to be the same for weights to come out the same, as a run's state keeps it.
 *
 * @param values settings, and what is known of frames
 * @param compared what of values, and of a state's, has to be the same
 */
record Fingerprint(ObjectNode values, UnaryOperator<JsonNode> compared) {

    private static final String DEVICES = "devices";
    private static final List<String> FRAMES = List.of("trainingFramesDigest", "validationFramesDigest");

    /** How weights went from one epoch to the next says nothing of the frames, but how they began and were chosen does. */
    private static final List<String> SEEING = List.of("from", "checkpoint", "patience");

    /** All that is known where there is no run; on how many devices is known only where there is one. */
    static Fingerprint of(TrainingPlan plan, Split frames, DataDigest digest) {
        return new Fingerprint(all(plan, frames, digest), Fingerprint::withoutDevices);
    }

    /** What tells by which frames weights are as they are. */
    static Fingerprint ofSeen(TrainingPlan plan, Split frames, DataDigest digest) {
        return new Fingerprint(all(plan, frames, digest), all -> choice(all, FRAMES));
    }

    /** Of the settings alone, for those who need not have the frames. */
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

    /** All of it, for the state. */
    JsonNode on(int devices) {
        return values.deepCopy().put(DEVICES, devices);
    }
}
