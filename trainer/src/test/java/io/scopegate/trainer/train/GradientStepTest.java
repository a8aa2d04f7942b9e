package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Replicas;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.FitOptions.Objective;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientStepTest {

    private final NDManager manager = TorchEngine.newManager();
    private final Replicas replicas =
            new Replicas(List.of(manager), KaimingInitialization.stateDict(TinyRun.NETWORK, 1), DataType.FLOAT32);
    private final Parameters parameters = replicas.first();
    private final GradientStep whole = new ReplicaStep(manager, replicas, false);

    @AfterEach
    void close() {
        replicas.close();
        manager.close();
    }

    @Test
    void microBatchesAddTheirGradientsUp() {
        Batch batch = batch(4);
        whole.run(batch.part(0, 2));
        GradientStep.Result second = whole.run(batch.part(2, 4));
        float[] expected = gradient();
        clear();

        GradientStep.Result result = new MicroBatches(whole, 2).run(batch);

        assertThat(gradient()).containsExactly(expected, within(1e-6f));
        assertThat(new float[] {result.logits()[4], result.logits()[7]})
                .containsExactly(second.logits()[0], second.logits()[3]);
    }

    @Test
    void updatesLeaveNoArraysBehind() {
        Fixture fixture = new Fixture(whole, new Adam(manager, parameters, 0));
        fixture.update();
        fixture.update();
        int afterTwo = arrays();

        for (int k = 0; k < 3; k++) {
            fixture.update();
        }

        assertThat(arrays()).isEqualTo(afterTwo);
    }

    /** Checks the count that {@link #updatesLeaveNoArraysBehind} relies on: an array that is not closed is counted. */
    @Test
    void arrayThatIsLeftBehindIsSeen() {
        int before = arrays();

        manager.create(new float[1], new Shape(1));

        assertThat(arrays()).isEqualTo(before + 1);
    }

    private final class Fixture {
        private final GradientStep gradients;
        private final Adam adam;

        Fixture(GradientStep gradients, Adam adam) {
            this.gradients = gradients;
            this.adam = adam;
        }

        void update() {
            gradients.run(batch(2));
            try (NDManager scratch = manager.newSubManager()) {
                adam.update(1e-3, scratch);
            }
        }
    }

    /** Counts the arrays in the engine's memory that belong to managers which outlive an update. */
    private int arrays() {
        NDManager own = parameters.all().getFirst().values().getManager();
        return manager.getManagedArrays().size() + own.getManagedArrays().size();
    }

    private static Batch batch(int frames) {
        float[] tensors = new float[frames * 3 * 256 * 256];
        for (int k = 0; k < frames; k++) {
            System.arraycopy(Stripes.tensor(k), 0, tensors, k * 3 * 256 * 256, 3 * 256 * 256);
        }
        List<Label> labels = List.of(Label.IN_BODY, Label.OUT_OF_BODY, Label.IN_BODY, Label.OUT_OF_BODY)
                .subList(0, frames);
        return new Batch(tensors, labels, Targets.of(labels, Objective.REFERENCE), InputShape.REFERENCE);
    }

    private float[] gradient() {
        try (NDArray gradient = parameters.trainable().getFirst().leaf().getGradient()) {
            return gradient.toFloatArray();
        }
    }

    private void clear() {
        parameters.trainable().forEach(parameter -> {
            try (NDArray gradient = parameter.leaf().getGradient()) {
                gradient.subi(gradient);
            }
        });
    }
}
