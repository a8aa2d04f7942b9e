package io.scopegate.trainer.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.CountedManagers;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckpointNetworkTest {

    private final NDManager engine = TorchEngine.newManager();
    private final StateDict weights =
            KaimingInitialization.stateDict(new SeResNet(new Architecture(16, List.of(1, 1, 1, 1))), 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void engineIsClosedWhereTheWeightsDoNotFitIntoMemory() {
        CountedManagers device = new CountedManagers(engine, 0);

        assertThatThrownBy(() -> new CheckpointNetwork(device, weights)).isInstanceOf(EngineException.class);

        assertThat(device.isOpen()).isFalse();
    }

    @Test
    void engineStaysOpenUntilTheNetworkIsClosed() {
        CountedManagers device = new CountedManagers(engine, 1);

        try (CheckpointNetwork network = new CheckpointNetwork(device, weights)) {
            assertThat(network.logits(new float[3 * 256 * 256])).hasSize(2);
            assertThat(device.isOpen()).isTrue();
        }

        assertThat(device.isOpen()).isFalse();
    }
}
