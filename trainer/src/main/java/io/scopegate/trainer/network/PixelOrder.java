package io.scopegate.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.nio.file.Path;

/**
 * The memory layout of an array {@code [N, C, H, W]}. Shapes do not depend on it and results differ only by rounding,
 * but the time of a step does depend on it. See "Why do a pixel's channels lie side by side?" in the rationale.
 */
enum PixelOrder {
    /** One channel after the other: the layout in which arrays are created. */
    PLANES {
        @Override
        NDArray arrange(NDArray planes) {
            return planes;
        }

        @Override
        NDArray mean(NDArray input) {
            return Pool.globalAvgPool2d(input);
        }

        @Override
        NDArray everyNth(NDArray input, int stride) {
            return input.get(new NDIndex(":, :, ::{}, ::{}", stride, stride));
        }
    },

    /**
     * A pixel's channels side by side. The engine's convolutions, norms and sums keep the layout of their inputs, so it
     * is enough to arrange the network's input. An index and the global pool do not keep it in their gradients, so both
     * are computed in another way here.
     */
    CHANNELS_LAST {
        @Override
        NDArray arrange(NDArray planes) {
            try (NDArray view = planes.transpose(0, 2, 3, 1);
                    NDArray copy = view.reshape(view.size());
                    NDArray pixels = copy.reshape(view.getShape())) {
                return pixels.transpose(0, 3, 1, 2);
            }
        }

        @Override
        NDArray mean(NDArray input) {
            Shape shape = input.getShape();
            try (NDArray view = input.transpose(0, 2, 3, 1);
                    NDArray pixels = view.reshape(shape.get(0), shape.get(2) * shape.get(3), shape.get(1))) {
                return pixels.mean(new int[] {1});
            }
        }

        @Override
        NDArray everyNth(NDArray input, int stride) {
            return Pool.avgPool2d(input, new Shape(1, 1), new Shape(stride, stride), new Shape(0, 0), false, false);
        }
    };

    private static final boolean CACHES_TOLD = new Processor(Path.of("/")).tellsCaches();

    /**
     * Returns the faster layout that is known to work on a device: planes on a GPU and on a processor that hides its
     * caches, channels last otherwise.
     */
    static PixelOrder on(Device device) {
        return !device.isGpu() && CACHES_TOLD ? CHANNELS_LAST : PLANES;
    }

    /** Returns the same values in this layout. The given array's manager owns the result. */
    abstract NDArray arrange(NDArray planes);

    /** Returns the mean of each channel, {@code [N, C]}. */
    abstract NDArray mean(NDArray input);

    /** Returns every nth pixel of every nth line. */
    abstract NDArray everyNth(NDArray input, int stride);
}
