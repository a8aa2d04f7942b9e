package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchDevicesTest {

    private static final String NEEDED =
            "GPUs need libtorch 2.7.1 with CUDA 12.8 in PYTORCH_LIBRARY_PATH and an NVIDIA driver";

    private record SomeGpus(int count) implements Gpus {
        @Override
        public boolean usable(int index) {
            return index < count;
        }

        @Override
        public String found() {
            return count + " of them";
        }
    }

    @Test
    void devicesKeepTheOrderOfTheGivenNames() {
        List<Device> devices = new TorchDevices(new SomeGpus(2)).named(List.of("cuda:1", "cpu", "cuda:0", "cpu"));

        assertThat(devices).containsExactly(Device.gpu(1), Device.cpu(), Device.gpu(0), Device.cpu());
    }

    @Test
    void allSelectsEveryUsableGpu() {
        assertThat(new TorchDevices(new SomeGpus(3)).named(List.of("all")))
                .containsExactly(Device.gpu(0), Device.gpu(1), Device.gpu(2));
    }

    @Test
    void gpuThatCannotBeUsedIsRefusedWithWhatIsNeededAndFound() {
        assertThatThrownBy(() -> new TorchDevices(new SomeGpus(1)).named(List.of("cuda:0", "cuda:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device: cpu or a GPU that can be used, not cuda:1; " + NEEDED + "; found: 1 of them");
    }

    @Test
    void allIsRefusedWhereThereIsNoGpu() {
        assertThatThrownBy(() -> new TorchDevices(new SomeGpus(0)).named(List.of("all")))
                .hasMessageContaining("not all; " + NEEDED + "; found: 0 of them");
    }

    /**
     * No machine has a GPU with the number 99, whether or not its libtorch has CUDA. Two replicas may be placed on the
     * CPU.
     */
    @Test
    void libtorchForCpusHasNoGpu() {
        try (NDManager engine = TorchEngine.newManager()) {
            assertThat(new TorchGpus(engine).usable(99)).isFalse();
            assertThat(TorchEngine.managers(engine, List.of("cpu", "cpu")))
                    .extracting(NDManager::getDevice)
                    .containsExactly(Device.cpu(), Device.cpu());
        }
    }
}
