package io.scopegate.trainer.export;

import io.scopegate.trainer.network.Convolution;
import io.scopegate.trainer.network.StateDict;

/**
 * A convolution with the batch norm behind it folded in: one convolution with a bias.
 *
 * @param weight the convolution's weight, each output channel scaled; laid out as the convolution's
 * @param bias one value for each output channel
 */
record FoldedConvolution(float[] weight, float[] bias) {

    static FoldedConvolution of(Convolution layer, StateDict weights) {
        float[] kernel = weights.values(layer.weight());
        float[] gamma = weights.values(layer.normWeight());
        float[] beta = weights.values(layer.normBias());
        float[] mean = weights.values(layer.runningMean());
        float[] variance = weights.values(layer.runningVariance());
        float[] folded = new float[kernel.length];
        float[] bias = new float[layer.out()];
        int perChannel = kernel.length / layer.out();
        for (int channel = 0; channel < layer.out(); channel++) {
            double scale = gamma[channel] / Math.sqrt(variance[channel] + Convolution.NORM_EPSILON);
            bias[channel] = (float) (beta[channel] - mean[channel] * scale);
            for (int k = channel * perChannel; k < (channel + 1) * perChannel; k++) {
                folded[k] = (float) (kernel[k] * scale);
            }
        }
        return new FoldedConvolution(folded, bias);
    }
}
