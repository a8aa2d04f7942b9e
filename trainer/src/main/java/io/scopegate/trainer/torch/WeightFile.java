package io.scopegate.trainer.torch;

import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads weights from a PyTorch file or a safetensors file. The file's first bytes decide which of them it is. */
public final class WeightFile {

    private WeightFile() {}

    /**
     * Reads the weights.
     *
     * @throws IOException if the file cannot be read, or a weight is not finite, since such a network's answers are
     *     meaningless; the one-line message has the file and the reason
     */
    public static StateDict read(Path file) throws IOException {
        requireFile(file);
        StateDict weights = zip(file) ? TorchWeights.read(file) : SafeTensors.read(file);
        for (var tensor : weights.asMap().entrySet()) {
            requireFinite(file, tensor.getKey(), tensor.getValue());
        }
        return weights;
    }

    /** Refuses a path that is no file, for example a pipe, which nothing may ever be written to. */
    public static void requireFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
    }

    private static void requireFinite(Path file, String key, float[] values) throws IOException {
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw new IOException("%s: %s: finite numbers, not %s (element %d of %d)"
                        .formatted(file, key, values[k], k, values.length));
            }
        }
    }

    private static boolean zip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }
}
