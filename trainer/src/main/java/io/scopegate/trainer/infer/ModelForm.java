package io.scopegate.trainer.infer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** In what form a model is given. */
public enum ModelForm {
    /** A published one, {@code NAME/VERSION}. */
    DIRECTORY,
    /** An ONNX file, {@code .onnx}. */
    ONNX,
    /** Weights: {@code .pt}, {@code .ts}, {@code .safetensors}. */
    CHECKPOINT;

    /**
     * Told by the name; reads nothing.
     *
     * @throws IOException if it is an engine of TensorRT by itself, which says neither what it was made of nor for which
     *     machine
     */
    public static ModelForm of(Path model) throws IOException {
        if (Files.isDirectory(model)) {
            return DIRECTORY;
        }
        String name = model.toString();
        if (name.endsWith(".engine") || name.endsWith(".plan")) {
            throw new IOException(
                    model + ": a model directory, an ONNX file or a checkpoint, not an engine by itself: with"
                            + " --target tensorrt-fp16 or tensorrt-fp32 the model's engine in the directory --cache is used");
        }
        return name.endsWith(".onnx") ? ONNX : CHECKPOINT;
    }
}
