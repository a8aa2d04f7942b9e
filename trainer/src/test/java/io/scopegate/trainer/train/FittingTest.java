package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.CountedManagers;
import io.scopegate.trainer.network.Frozen;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fit that cannot begin leaves no manager open, so it keeps no memory of a device. */
class FittingTest {

    private final NDManager engine = TorchEngine.newManager();
    private final CountedManagers device = new CountedManagers(engine, Integer.MAX_VALUE);
    private final FitPlan plan = TinyRun.plan(1, 0.001, Checkpoint.LAST, 0.9, FitOptions.REFERENCE);
    private final StateDict weights = KaimingInitialization.stateDict(TinyRun.NETWORK, 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void failureOfTheSecondDeviceLeavesNoManagerOpenOnTheFirst() {
        List<NDManager> devices = List.of(device, new CountedManagers(engine, 0));

        assertThatThrownBy(() -> Fitting.begin(devices, plan, Start.of(weights)))
                .isInstanceOf(EngineException.class);

        assertThat(device.open()).isZero();
    }

    /** The state has the moments of a network with fewer blocks. */
    @Test
    void stateThatCannotBeRestoredLeavesNoManagerOpen() {
        SeResNet deeper = new SeResNet(new Architecture(16, List.of(2, 1, 1, 1)));
        StateDict deep = KaimingInitialization.stateDict(deeper, 1);
        StateFile.Saved saved = new StateFile.Saved(Position.START, deep, weights, weights, Optional.empty());

        assertThatThrownBy(() -> Fitting.resume(List.of(device), plan, saved, Frozen.NOTHING))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(device.open()).isZero();
    }

    /** Checks the count that the other tests rely on. */
    @Test
    void managersAreOpenUntilTheFittingIsClosed() {
        try (Fitting fitting = Fitting.begin(List.of(device, device), plan, Start.of(weights))) {
            assertThat(fitting.manager().isOpen()).isTrue();
            assertThat(device.open()).isPositive();
        }

        assertThat(device.open()).isZero();
    }
}
