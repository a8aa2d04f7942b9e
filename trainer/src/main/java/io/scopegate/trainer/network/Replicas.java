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
 * Copies of one network that share the work of each step. Only the first replica is updated, averaged and saved; the
 * others copy its values and pass their gradients to it. Each replica's batch norms have running statistics of their
 * own, as with PyTorch's DistributedDataParallel, unless batch norms are synchronised. Owns the copies' memory until
 * closed. Used by one thread at a time; the engine itself computes on several devices at once.
 */
public final class Replicas implements AutoCloseable {

    private static final NDIndex WHOLE = new NDIndex("...");

    private final SeResNet network;
    private final List<Parameters> replicas = new ArrayList<>();
    private final List<Device> devices;

    /**
     * Copies values to each device; nothing is frozen.
     *
     * @see #Replicas(List, StateDict, DataType, Frozen)
     */
    public Replicas(List<NDManager> managers, StateDict values, DataType type) {
        this(managers, values, type, Frozen.NOTHING);
    }

    /**
     * Copies values to each device.
     *
     * @param managers one manager per replica, on its device; the same one may be used several times
     * @param values values of every tensor
     * @param type FLOAT32, or FLOAT64 as in {@link Parameters}
     * @param frozen the part that training does not change
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

    /** Returns the first replica, whose values are the authoritative ones. */
    public Parameters first() {
        return replicas.getFirst();
    }

    /** Returns each replica's device. */
    public List<Device> devices() {
        return devices;
    }

    /**
     * Returns the logits of a training batch.
     *
     * @param shards one part of the batch per replica, {@code [N, 3, 256, 256]}, on its device; their managers own all
     *     computed arrays
     * @param syncBatchNorm whether batch norms use the statistics of all shards together instead of each shard's own
     */
    public List<NDArray> logits(List<NDArray> shards, boolean syncBatchNorm) {
        return network.logits(
                new ReplicaLayers(replicas, syncBatchNorm),
                IntStream.range(0, shards.size())
                        .mapToObj(k -> replicas.get(k).pixelOrder().arrange(shards.get(k)))
                        .toList());
    }

    /**
     * Copies the first replica's trained values to the others.
     *
     * @param scratch owns intermediate arrays; the caller closes it
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
     * Adds the other replicas' gradients to the first one's, and makes the others forget theirs.
     *
     * @param scratch owns intermediate arrays; the caller closes it
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
