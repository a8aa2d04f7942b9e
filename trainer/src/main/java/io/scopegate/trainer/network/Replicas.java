package io.scopegate.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Copies of one network that share the work of each step. Only the first is updated, averaged and saved; the others take
 * its values over, and hand their gradients to it. Batch norms' own statistics stay each replica's, as in PyTorch's
 * DistributedDataParallel, or are all of one batch's. Owns the copies' memory until closed. One thread at a time: the
 * engine itself computes on several devices at once.
 */
public final class Replicas implements AutoCloseable {

    private static final NDIndex WHOLE = new NDIndex("...");

    private final SeResNet network;
    private final List<Parameters> replicas = new ArrayList<>();
    private final List<Device> devices;

    /**
     * Copies values to each device, all of them to be fitted.
     *
     * @see #Replicas(List, StateDict, DataType, Frozen)
     */
    public Replicas(List<NDManager> managers, StateDict values, DataType type) {
        this(managers, values, type, Frozen.NOTHING);
    }

    /**
     * Copies values to each device.
     *
     * @param managers one for each replica, on its device; several may be the same
     * @param values of every tensor
     * @param type FLOAT32, or FLOAT64 as in {@link Parameters}
     * @param frozen what training leaves as it is
     */
    public Replicas(List<NDManager> managers, StateDict values, DataType type, Frozen frozen) {
        this.network = values.network();
        this.devices = managers.stream().map(NDManager::getDevice).toList();
        try {
            managers.forEach(manager -> replicas.add(new Parameters(manager, values, type, frozen)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The replica whose values count. */
    public Parameters first() {
        return replicas.getFirst();
    }

    /** Each replica's device. */
    public List<Device> devices() {
        return devices;
    }

    /**
     * The logits of a batch while training.
     *
     * @param shards one for each replica, {@code [N, 3, 256, 256]}, on its device; what is computed belongs to their
     *     managers
     * @param syncBatchNorm whether batch norms use the statistics of all shards together in place of each shard's own
     */
    public List<NDArray> logits(List<NDArray> shards, boolean syncBatchNorm) {
        return network.logits(
                new ReplicaLayers(replicas, syncBatchNorm),
                IntStream.range(0, shards.size())
                        .mapToObj(k -> replicas.get(k).pixelOrder().arrange(shards.get(k)))
                        .toList());
    }

    /**
     * Gives the first replica's trained values to the others.
     *
     * @param scratch holds what is copied on the way; the caller closes it
     */
    public void spreadValues(NDManager scratch) {
        List<Parameter> from = first().trainable();
        for (Parameters other : others()) {
            List<Parameter> to = other.trainable();
            for (int k = 0; k < to.size(); k++) {
                NDArray values = from.get(k).values().stopGradient();
                values.attach(scratch);
                to.get(k).values().set(WHOLE, values);
            }
        }
    }

    /**
     * Adds the others' gradients to the first replica's, and forgets theirs.
     *
     * @param scratch holds what is copied on the way; the caller closes it
     */
    public void gatherGradients(NDManager scratch) {
        List<Parameter> to = first().trainable();
        for (Parameters other : others()) {
            List<Parameter> from = other.trainable();
            for (int k = 0; k < from.size(); k++) {
                NDArray part = gradient(from.get(k), scratch);
                NDArray sum = gradient(to.get(k), scratch);
                sum.addi(part.toDevice(sum.getDevice(), false));
                from.get(k).forgetGradient();
            }
        }
    }

    private static NDArray gradient(Parameter parameter, NDManager scratch) {
        NDArray gradient = parameter.leaf().getGradient();
        gradient.attach(scratch);
        return gradient;
    }

    List<Parameters> others() {
        return replicas.subList(1, replicas.size());
    }

    @Override
    public void close() {
        replicas.forEach(Parameters::close);
    }
}
