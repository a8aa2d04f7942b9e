package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one run fits, and to what.
 *
 * @param seed decides order and augmentation
 * @param start what it begins with
 * @param samples fitted to
 * @param sources where each group is from, for balanced draws
 * @param validation looked at after each epoch; may be empty
 * @param checkpoint file that holds the kept weights, once the run's state names them
 * @param threads that augment
 * @param listener hears of its course
 */
public record TrainingRun(
        long seed,
        Start start,
        Samples samples,
        Sources sources,
        LabelledTensors validation,
        Path checkpoint,
        int threads,
        TrainingListener listener) {

    /**
     * Which source a group is from, and how often each source is drawn compared with the others.
     *
     * @param sourceOfGroup indices into the weights
     * @param weights one for each source
     */
    public record Sources(Map<String, Integer> sourceOfGroup, List<Double> weights) {
        public Sources {
            sourceOfGroup = Map.copyOf(sourceOfGroup);
            weights = List.copyOf(weights);
        }

        int source(String group) {
            Integer source = sourceOfGroup.get(group);
            if (source == null) {
                throw new IllegalArgumentException("group: one that a source has, not " + group);
            }
            return source;
        }
    }

    DrawingOrder balancedOrder(int framesPerEpoch, double outOfBodyShare) {
        List<LabelledFrame> frames =
                IntStream.range(0, samples.size()).mapToObj(samples::frame).toList();
        return new BalancedOrder(framesPerEpoch, outOfBodyShare, frames, sources);
    }
}
