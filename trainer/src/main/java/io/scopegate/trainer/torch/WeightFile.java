package io.scopegate.trainer.torch;

import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weights from a file of PyTorch's or in the safetensors format, told apart by how it begins. */
public final class WeightFile {

    private WeightFile() {}

    /**
     * Reads the weights.
     *
     * @throws IOException in one line, with the file and the reason
     */
    public static StateDict read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        return zip(file) ? TorchWeights.read(file) : SafeTensors.read(file);
    }

    private static boolean zip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }
}
