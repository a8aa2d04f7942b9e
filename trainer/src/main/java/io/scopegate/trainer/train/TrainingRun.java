package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The inputs of one run: what is fitted, and to which frames.
 *
 * @param seed seed of drawing order and augmentation
 * @param start weights that the fit starts from
 * @param samples training frames
 * @param sources source of each group, for balanced draws
 * @param validation validation frames; may be empty
 * @param checkpoint file of the kept weights; new weights move there once the run's state names them
 * @param threads number of threads that augment frames
 * @param listener receives the progress of the run
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
     * The sources of the groups, and how often each source is drawn relative to the others.
     *
     * @param sourceOfGroup index into the weights, by group
     * @param weights one weight per source
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
