package io.scopegate.inference.onnx;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.preprocess.InputShape;
import java.util.Locale;

/**
 * The inputs that a network is to take. TensorRT has to know them before it builds an engine.
 *
 * @param tensor name of the input
 * @param shape of one frame
 * @param maxBatch largest number of frames in a run
 */
public record NetworkProfile(String tensor, InputShape shape, int maxBatch) {

    /** Returns the profile of a published model. */
    public static NetworkProfile of(ModelManifest manifest) {
        return new NetworkProfile(manifest.input().tensor(), manifest.input().shape(), manifest.maxBatch());
    }

    /** Returns the profile for a network that takes no more than this many frames at once. */
    NetworkProfile atMost(int frames) {
        return new NetworkProfile(tensor, shape, Math.min(maxBatch, frames));
    }

    /** Returns a batch of this many frames in the notation of TensorRT's options. */
    String batch(int frames) {
        return String.format(
                Locale.ROOT, "%s:%dx%dx%dx%d", tensor, frames, InputShape.CHANNELS, shape.width(), shape.height());
    }
}
