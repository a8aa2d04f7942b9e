package io.scopegate.trainer.network;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Draws the initial values of a network, as MONAI does: convolutions Kaiming normal (fan in, gain sqrt 2), batch norms
 * 1 and 0, dense weights uniform within 1/sqrt(fan in), dense biases 0. A seed always gives the same values, which are
 * not those that PyTorch draws.
 */
public final class KaimingInitialization implements Function<TensorSpec, float[]> {

    private final SplittableRandom random;

    public KaimingInitialization(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns the initial values of a whole network. */
    public static StateDict stateDict(SeResNet network, long seed) {
        return StateDict.of(network, new KaimingInitialization(seed));
    }

    @Override
    public float[] apply(TensorSpec tensor) {
        return switch (tensor.role()) {
            case CONVOLUTION_WEIGHT -> {
                double deviation = Math.sqrt(2.0 / tensor.fanIn());
                yield fill(tensor, () -> deviation * random.nextGaussian());
            }
            case DENSE_WEIGHT -> {
                double bound = 1 / Math.sqrt(tensor.fanIn());
                yield fill(tensor, () -> random.nextDouble(-bound, bound));
            }
            case NORM_WEIGHT, RUNNING_VARIANCE -> ones(tensor);
            case NORM_BIAS, RUNNING_MEAN, DENSE_BIAS -> new float[tensor.elements()];
        };
    }

    private static float[] fill(TensorSpec tensor, DoubleSupplier draw) {
        float[] values = new float[tensor.elements()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) draw.getAsDouble();
        }
        return values;
    }

    private static float[] ones(TensorSpec tensor) {
        float[] values = new float[tensor.elements()];
        Arrays.fill(values, 1);
        return values;
    }
}
