package io.scopegate.trainer.plan;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.PictureAugmentation;
import io.scopegate.trainer.dataset.TensorAugmentation;
import java.util.Optional;

/**
 * How a network is fitted.
 *
 * @param epochs number of epochs, if the run does not stop early
 * @param batchSize frames per update on each device
 * @param drawing which frames make up an epoch
 * @param framesPerEpoch frames drawn per epoch with balanced drawing; ignored otherwise
 * @param outOfBodyShare share of out-of-body frames with balanced drawing; above a half, doubtful frames lean towards
 *     out of body
 * @param learningRate Adam's learning rate at its peak
 * @param schedule how the learning rate changes
 * @param averaging share of the weights' running average that is kept at each update; 0 for no average
 * @param checkpoint the epoch whose weights are the result
 * @param pictureAugmentation augmentation of pictures; absent to augment tensors only
 * @param tensorAugmentation augmentation of tensors
 * @param devices devices to fit on
 * @param options settings that the reference bundle leaves at their defaults
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

    /** The reference bundle's number of epochs. */
    public static final int EPOCHS = 25;

    /** The reference bundle's batch size. */
    static final int BATCH_SIZE = 64;

    /**
     * Returns the largest batch size per device for this many devices: the tensors of an update have to fit into one
     * Java array.
     */
    public static int mostBatchSize(int devices) {
        return Integer.MAX_VALUE / InputShape.REFERENCE.elements() / devices;
    }

    /**
     * Refuses a batch size that is too large for this many devices. Reading the plan has checked it for named devices;
     * how many {@code all} stands for is known only on the machine.
     *
     * @throws PlanException if the batch size is too large; the message has the limit
     */
    public void requireBatchFor(int devices) {
        if (batchSize > mostBatchSize(devices)) {
            throw new PlanException("fit.batchSize: at most %d with %d devices, not %d"
                    .formatted(mostBatchSize(devices), devices, batchSize));
        }
    }

    /**
     * Refuses a run with more updates than an int can count.
     *
     * @param frames number of training frames
     * @param devices number of devices that share each update
     * @throws PlanException if there are too many epochs; the message has the limit
     */
    public void requireCountable(int frames, int devices) {
        long updates = updatesPerEpoch(frames, devices);
        if (updates * epochs > Integer.MAX_VALUE) {
            throw new PlanException("fit.epochs: at most %d of %d updates each, not %d"
                    .formatted(Integer.MAX_VALUE / updates, updates, epochs));
        }
    }

    /** Returns the number of updates of a run that does not stop early. */
    long updates(int frames, int devices) {
        return updatesPerEpoch(frames, devices) * epochs;
    }

    private long updatesPerEpoch(int frames, int devices) {
        long drawn = drawing == Drawing.BALANCED ? framesPerEpoch : frames;
        return Math.ceilDiv(drawn, (long) batchSize * devices);
    }

    /** Which frames make up an epoch. */
    public enum Drawing {
        /** Every frame once, shuffled. */
        SHUFFLED,
        /** At random: labels by their share, sources by their weights, groups by the square root of their size. */
        BALANCED
    }

    /** How the learning rate changes. Each schedule may be preceded by a warm-up. */
    public enum Schedule {
        CONSTANT,
        /**
         * Rises over the first twentieth of the updates unless a warm-up is set, then falls along a half cosine to
         * zero.
         */
        COSINE,
        /** Is multiplied by a factor at regular intervals of epochs. */
        STEP,
        /** Falls to zero as a power of the share of updates that are left. */
        POLYNOMIAL
    }

    /** The epoch whose weights are the result. */
    public enum Checkpoint {
        /** The first epoch with the highest validation accuracy; without validation frames the last. */
        BEST,
        LAST
    }
}
