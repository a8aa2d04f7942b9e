package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.evaluate.GroupSubset;
import io.scopegate.trainer.evaluate.QualityGate;
import io.scopegate.trainer.network.Architecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The steps of one run. A step that is absent is not done, nor is any after it that needs its result.
 *
 * @param seed decides initialisation, order and augmentation
 * @param network its size
 * @param data frames; absent for a network with random weights
 * @param fit how the network is fitted; absent likewise
 * @param publish under which name the result is published; absent to publish nothing
 * @param subsets groups that have figures of their own
 * @param runs folder of the run: its checkpoint, state, history, draft and report
 * @param source the plan as read, overrides included, for the model's provenance
 */
public record TrainingPlan(
        long seed,
        Architecture network,
        Optional<DataPlan> data,
        Optional<FitPlan> fit,
        Optional<PublishPlan> publish,
        List<GroupSubset> subsets,
        Path runs,
        ObjectNode source) {

    public TrainingPlan {
        subsets = List.copyOf(subsets);
    }

    /**
     * Which frames, and what for.
     *
     * @param sources all frames
     * @param validationGroups looked at while fitting
     * @param heldOutGroups looked at once, afterwards
     * @param lists in place of sources and groups
     * @param memoryMiB what decoded frames may take
     * @param loaders threads that decode and augment
     */
    public record DataPlan(
            List<FrameSource> sources,
            List<String> validationGroups,
            List<String> heldOutGroups,
            Optional<SampleLists> lists,
            int memoryMiB,
            int loaders) {
        public DataPlan {
            sources = List.copyOf(sources);
            validationGroups = List.copyOf(validationGroups);
            heldOutGroups = List.copyOf(heldOutGroups);
        }
    }

    /**
     * Where the model goes.
     *
     * @param models root of all models
     * @param name of the model
     * @param version a positive number
     * @param inputTensor name of the network's input
     * @param outputTensor name of the network's output
     * @param inBodyThreshold the lowest probability that is answered in body
     * @param maxBatch how many frames one run may take at most
     * @param notes provenance in words: data, licences, how settings were chosen
     * @param licence of the model; absent if nothing is said
     * @param gate what the model has to reach on the test frames
     */
    public record PublishPlan(
            Path models,
            String name,
            int version,
            String inputTensor,
            String outputTensor,
            double inBodyThreshold,
            int maxBatch,
            List<String> notes,
            Optional<String> licence,
            QualityGate gate) {

        /** What a model may be called, in words. */
        public static final String NAMES =
                "1 to 64 letters, digits, dots, dashes and underscores, the first a letter or a digit";

        public PublishPlan {
            notes = List.copyOf(notes);
        }

        /** The same under another root of models. */
        public PublishPlan into(Path root) {
            return new PublishPlan(
                    root, name, version, inputTensor, outputTensor, inBodyThreshold, maxBatch, notes, licence, gate);
        }
    }
}
