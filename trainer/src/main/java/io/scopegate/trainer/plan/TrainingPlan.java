package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.evaluate.GroupSubset;
import io.scopegate.trainer.evaluate.QualityGate;
import io.scopegate.trainer.network.Architecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The steps of one run. An absent step is skipped, and so is every later step that needs its result.
 *
 * @param seed seed of initialisation, order and augmentation
 * @param network size of the network
 * @param data frames; absent for a network with random weights
 * @param fit how the network is fitted; absent for a network with random weights
 * @param publish under which name the result is published; absent to publish nothing
 * @param subsets subsets of groups that get figures of their own
 * @param runs folder of the run, for its checkpoint, state, history, draft and report
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
     * The frames of a plan, and what they are used for.
     *
     * @param sources sources of all frames
     * @param validationGroups groups looked at while fitting
     * @param heldOutGroups groups looked at once, after fitting
     * @param lists sample lists, which replace sources and groups
     * @param memoryMiB memory limit for decoded frames
     * @param loaders number of threads that decode and augment
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
     * How the model is published.
     *
     * @param models root of all models
     * @param name name of the model
     * @param version a positive number
     * @param inputTensor name of the network's input
     * @param outputTensor name of the network's output
     * @param inBodyThreshold the lowest probability of in body that is answered in body
     * @param maxBatch most frames that one run may take
     * @param notes provenance in words: data, licences, how settings were chosen
     * @param licence licence of the model; absent if none is stated
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

        /** The rule for names of models, in words. */
        public static final String NAMES =
                "1 to 64 letters, digits, dots, dashes and underscores, the first a letter or a digit";

        public PublishPlan {
            notes = List.copyOf(notes);
        }

        /** Returns the same plan with another root of models. */
        public PublishPlan into(Path root) {
            return new PublishPlan(
                    root, name, version, inputTensor, outputTensor, inBodyThreshold, maxBatch, notes, licence, gate);
        }
    }
}
