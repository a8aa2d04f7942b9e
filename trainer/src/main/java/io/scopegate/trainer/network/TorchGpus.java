package io.scopegate.trainer.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Finds usable GPUs by computing something on each with libtorch itself. The driver's list would also name GPUs that
 * the loaded libtorch cannot use.
 *
 * @param engine manager of the engine with the loaded libtorch
 */
record TorchGpus(NDManager engine) implements Gpus {

    @Override
    public boolean usable(int index) {
        if (!engine.getEngine().hasCapability(StandardCapabilities.CUDA)) {
            return false;
        }
        try (NDManager manager = engine.newSubManager(Device.gpu(index))) {
            NDArray one = manager.ones(new Shape(1));
            return one.getFloat() == 1;
        } catch (EngineException noSuchGpu) {
            return false;
        }
    }

    @Override
    public String found() {
        return LibtorchPath.ofEnvironment().found();
    }
}
