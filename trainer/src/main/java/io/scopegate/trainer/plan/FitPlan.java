package io.scopegate.trainer.plan;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.PictureAugmentation;
import io.scopegate.trainer.dataset.TensorAugmentation;
import java.util.Optional;

/**
 * How a network is fitted.
 *
 * @param epochs passes, after each of which the validation frames are looked at
 * @param batchSize frames of one update on each device
 * @param drawing which frames make an epoch
 * @param framesPerEpoch how many are drawn where draws are balanced; ignored otherwise
 * @param outOfBodyShare of the drawn frames, where draws are balanced; above a half, doubt leans to out of body
 * @param learningRate of Adam
 * @param schedule how the learning rate changes
 * @param averaging share that the running average of the weights keeps at each update; 0 for no average
 * @param checkpoint which epoch's weights are the result
 * @param pictureAugmentation of pictures; absent to augment tensors only
 * @param tensorAugmentation of tensors
 * @param devices where it is fitted
 * @param options what the reference bundle leaves at its defaults
 */
public record FitPlan(
        int epochs,
        int batchSize,
        Drawing drawing,
        int framesPerEpoch,
        double outOfBodyShare,
        double learningRate,
        Schedule schedule,
        double averaging,
        Checkpoint checkpoint,
        Optional<PictureAugmentation.Settings> pictureAugmentation,
        TensorAugmentation tensorAugmentation,
        DevicePlan devices,
        FitOptions options) {

    /** As the reference bundle has it. */
    public static final int EPOCHS = 25;

    /** Likewise. */
    static final int BATCH_SIZE = 64;

    /** What each of so many devices can take at most: an update's tensors lie in one array of Java. */
    public static int mostBatchSize(int devices) {
        return Integer.MAX_VALUE / InputShape.REFERENCE.elements() / devices;
    }

    /**
     * Refuses more than there can be, where it took a look at the machine to know of how many devices that is.
     *
     * @throws PlanException with the most that is possible
     */
    public void requireBatchFor(int devices) {
        if (batchSize > mostBatchSize(devices)) {
            throw new PlanException("fit.batchSize: at most %d with %d devices, not %d"
                    .formatted(mostBatchSize(devices), devices, batchSize));
        }
    }

    /**
     * Refuses a run of more updates than are counted.
     *
     * @param frames to fit to
     * @param devices that share each update
     * @throws PlanException with the most epochs that are possible
     */
    public void requireCountable(int frames, int devices) {
        long updates = updatesPerEpoch(frames, devices);
        if (updates * epochs > Integer.MAX_VALUE) {
            throw new PlanException("fit.epochs: at most %d of %d updates each, not %d"
                    .formatted(Integer.MAX_VALUE / updates, updates, epochs));
        }
    }

    /** Of a run that does not end early. */
    long updates(int frames, int devices) {
        return updatesPerEpoch(frames, devices) * epochs;
    }

    private long updatesPerEpoch(int frames, int devices) {
        long drawn = drawing == Drawing.BALANCED ? framesPerEpoch : frames;
        return Math.ceilDiv(drawn, (long) batchSize * devices);
    }

    /** Which frames make an epoch. */
    public enum Drawing {
        /** Every frame once, shuffled. */
        SHUFFLED,
        /** At random, labels by their share, sources by their weights, small groups more often than their share. */
        BALANCED
    }

    /** How the learning rate changes; each may have a warm-up before. */
    public enum Schedule {
        CONSTANT,
        /** Rises over the first twentieth of the updates unless told otherwise, falls along a half cosine to zero. */
        COSINE,
        /** Is multiplied by a factor every so many epochs. */
        STEP,
        /** Falls to zero by a power of the updates that are left. */
        POLYNOMIAL
    }

    /** Which epoch's weights are the result. */
    public enum Checkpoint {
        /** The first with the highest validation accuracy; the last where there are no validation frames. */
        BEST,
        LAST
    }
}
