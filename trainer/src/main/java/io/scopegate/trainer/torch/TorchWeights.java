package io.scopegate.trainer.torch;

import ai.djl.ndarray.types.Shape;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.network.NetworkMatch;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.torch.Pickled.Storage;
import io.scopegate.trainer.torch.Pickled.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Reads the weights of an SE-ResNet from a state dict of {@code torch.save} or from a TorchScript archive. */
public final class TorchWeights {

    private final TorchArchive archive;
    private final SequencedMap<String, Tensor> tensors;
    private final Map<Storage, ByteBuffer> storages = new HashMap<>();
    private long unread;

    private TorchWeights(TorchArchive archive) throws IOException {
        this.archive = archive;
        this.tensors = NamedTensors.in(archive.value());
        this.unread = archive.fileBytes();
    }

    /**
     * Reads the weights. The size of the SE-ResNet is recognised by their shapes.
     *
     * @param file a zip archive with a state dict, bare or one level down under any key, or with TorchScript; elements
     *     are float32, float64, float16 or bfloat16
     * @throws IOException if it is not such a file, contains anything but tensors, or a key is missing, unexpected or
     *     of another shape; the one-line message has the file and the reason
     */
    public static StateDict read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        try (TorchArchive archive = TorchArchive.open(file)) {
            return new TorchWeights(archive).read();
        } catch (IOException e) {
            throw new IOException(FileFault.text(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private StateDict read() throws IOException {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> shapes.put(key, TorchKeys.shape(tensor)));
        SeResNet network = NetworkMatch.recognise(shapes);
        TorchKeys.require(network, tensors);
        Map<String, float[]> values = new HashMap<>();
        for (var entry : tensors.entrySet()) {
            if (!TorchKeys.counter(entry.getKey())) {
                values.put(entry.getKey(), values(entry.getKey(), entry.getValue()));
            }
        }
        return StateDict.of(network, tensor -> Objects.requireNonNull(values.get(tensor.key())));
    }

    /**
     * Returns the values of a tensor. Tensors may be views of one storage, so this also checks that all tensors
     * together have no more bytes than the file.
     */
    private float[] values(String key, Tensor tensor) throws IOException {
        Storage storage = tensor.storage();
        unread -= TorchKeys.shape(tensor).size() * storage.type().bytes();
        if (unread < 0) {
            throw new IOException(key + ": values of its own, not ones that other tensors have too");
        }
        if (!storages.containsKey(storage)) {
            storages.put(storage, archive.bytes(storage));
        }
        return elements(tensor, storages.get(storage));
    }

    /** Returns a tensor's elements in row-major order, whatever its strides. */
    private static float[] elements(Tensor tensor, ByteBuffer bytes) {
        float[] elements = new float[Math.toIntExact(TorchKeys.shape(tensor).size())];
        long[] index = new long[tensor.shape().size()];
        for (int k = 0; k < elements.length; k++) {
            elements[k] = tensor.storage().type().floatAt(bytes, position(tensor, index));
            advance(index, tensor);
        }
        return elements;
    }

    private static int position(Tensor tensor, long[] index) {
        long element = tensor.offset();
        for (int axis = 0; axis < index.length; axis++) {
            element += index[axis] * tensor.strides().get(axis);
        }
        return Math.toIntExact(element * tensor.storage().type().bytes());
    }

    private static void advance(long[] index, Tensor tensor) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            if (++index[axis] < tensor.shape().get(axis)) {
                return;
            }
            index[axis] = 0;
        }
    }
}
