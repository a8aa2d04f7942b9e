package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to be the same for weights to come out the same, as a run's state keeps it.
 *
 * @param values settings, and what is known of frames and devices
 * @param unsaid names of what the values do not say, so that a run may have any of it
 */
record Fingerprint(ObjectNode values, List<String> unsaid) {

    private static final String DEVICES = "devices";
    private static final List<String> FRAMES =
            List.of("trainingFrames", "validationFrames", "trainingFramesDigest", "validationFramesDigest");

    Fingerprint {
        unsaid = List.copyOf(unsaid);
    }

    /** Of the settings alone, for those who need not have the frames. */
    static Fingerprint of(TrainingPlan plan) {
        ObjectNode settings = plan.source().deepCopy();
        settings.retain("seed", "network", "data", "fit");
        if (settings.get("data") instanceof ObjectNode data) {
            data.remove(List.of("loaders", "memoryMiB"));
        }
        List<String> unsaid = new ArrayList<>(FRAMES);
        unsaid.add(DEVICES);
        return new Fingerprint(settings, unsaid);
    }

    /** Of settings and frames; on how many devices is known only where they are. */
    static Fingerprint of(TrainingPlan plan, Split frames, DataDigest digest) {
        ObjectNode values = of(plan).values;
        values.put("trainingFrames", frames.train().size());
        values.put("validationFrames", frames.validation().size());
        values.put("trainingFramesDigest", digest.of(frames.train()));
        values.put("validationFramesDigest", digest.of(frames.validation()));
        return new Fingerprint(values, List.of(DEVICES));
    }

    /** All of it, for the state. */
    JsonNode on(int devices) {
        return values.deepCopy().put(DEVICES, devices);
    }
}
