package io.scopegate.inference.onnx;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.preprocess.InputShape;
import java.util.Locale;

/**
 * The inputs that a network is to take, which TensorRT has to know before it builds.
 *
 * @param tensor name of the input
 * @param shape of one frame
 * @param maxBatch most frames of a run
 */
public record NetworkProfile(String tensor, InputShape shape, int maxBatch) {

    /** Of a published model. */
    public static NetworkProfile of(ModelManifest manifest) {
        return new NetworkProfile(manifest.input().tensor(), manifest.input().shape(), manifest.maxBatch());
    }

    /** Of a network that takes no more frames at once. */
    NetworkProfile atMost(int frames) {
        return new NetworkProfile(tensor, shape, Math.min(maxBatch, frames));
    }

    /** As TensorRT's options name a batch of so many frames. */
    String batch(int frames) {
        return String.format(
                Locale.ROOT, "%s:%dx%dx%dx%d", tensor, frames, InputShape.CHANNELS, shape.width(), shape.height());
    }
}
