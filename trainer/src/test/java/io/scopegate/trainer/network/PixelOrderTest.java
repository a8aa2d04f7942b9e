package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PixelOrderTest {

    private static final int CHANNELS = 3;

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void theOrderInMemoryChangesNoValueAndNoShape(PixelOrder order) {
        NDArray planes = counted(2, 5, 4);

        NDArray pixels = order.arrange(planes);

        assertThat(pixels.getShape()).isEqualTo(planes.getShape());
        assertThat(pixels.toFloatArray()).isEqualTo(planes.toFloatArray());
    }

    @ParameterizedTest
    @EnumSource
    void theMeanOfEachChannelIsTakenOverItsPixels(PixelOrder order) {
        // Channel c of frame n holds the 20 whole numbers from 20 * (3 n + c) upwards.
        float[] means = order.mean(order.arrange(counted(2, 5, 4))).toFloatArray();

        assertThat(means).containsExactly(9.5f, 29.5f, 49.5f, 69.5f, 89.5f, 109.5f);
    }

    @ParameterizedTest
    @EnumSource
    void everySecondPixelMatchesIndexingForOddAndEvenSides(PixelOrder order) {
        for (Shape sides : new Shape[] {new Shape(5, 4), new Shape(4, 5), new Shape(1, 7)}) {
            NDArray input = counted(2, sides.get(0), sides.get(1));

            NDArray seen = order.everyNth(order.arrange(input), 2);

            NDArray picked = input.get(new NDIndex(":, :, ::2, ::2"));
            assertThat(seen.getShape()).isEqualTo(picked.getShape());
            assertThat(seen.toFloatArray()).isEqualTo(picked.toFloatArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlySelectedPixelsHaveAGradient(PixelOrder order) {
        NDArray input = counted(1, 3, 4);
        input.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(order.everyNth(order.arrange(input), 2).sum());
        }

        float[] ofChannel = {1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0};
        assertThat(input.getGradient().get(new NDIndex("0, 1")).toFloatArray()).isEqualTo(ofChannel);
    }

    private NDArray counted(long frames, long height, long width) {
        return manager.arange((float) (frames * CHANNELS * height * width)).reshape(frames, CHANNELS, height, width);
    }
}
