package io.scopegate.trainer.network;

import ai.djl.Device;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns device names into devices that the engine can use.
 *
 * @param gpus GPUs of this machine
 */
record TorchDevices(Gpus gpus) {

    private static final String CPU = "cpu";
    private static final String ALL = "all";
    private static final String GPU = "cuda:";

    /**
     * Finds the named devices, in the order of the names.
     *
     * @param names {@code cpu}, {@code cuda:0} and so on; or {@code all} alone for the GPUs from index 0 up to the
     *     first one that cannot be used
     * @throws IllegalArgumentException if a GPU cannot be used; the message says what is needed and what was found
     */
    List<Device> named(List<String> names) {
        return names.equals(List.of(ALL))
                ? allGpus()
                : names.stream().map(this::named).toList();
    }

    private List<Device> allGpus() {
        List<Device> found = IntStream.iterate(0, gpus::usable, index -> index + 1)
                .mapToObj(Device::gpu)
                .toList();
        if (found.isEmpty()) {
            throw unusable(ALL);
        }
        return found;
    }

    private Device named(String name) {
        if (name.equals(CPU)) {
            return Device.cpu();
        }
        int index = Integer.parseInt(name.substring(GPU.length()));
        if (!gpus.usable(index)) {
            throw unusable(name);
        }
        return Device.gpu(index);
    }

    private IllegalArgumentException unusable(String name) {
        return new IllegalArgumentException("device: cpu or a GPU that can be used, not " + name + "; GPUs need "
                + LibtorchPath.FOR_GPUS + "; found: " + gpus.found());
    }
}
