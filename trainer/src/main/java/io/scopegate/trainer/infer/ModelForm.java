package io.scopegate.trainer.infer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The form in which a model is given. */
public enum ModelForm {
    /** A published model, {@code NAME/VERSION}. */
    DIRECTORY,
    /** An ONNX file, {@code .onnx}. */
    ONNX,
    /** Weights: {@code .pt}, {@code .ts}, {@code .safetensors}. */
    CHECKPOINT;

    /**
     * Returns the form of a model: that of a directory, or that of a file by its name. Reads no content.
     *
     * @throws IOException if it is a TensorRT engine by itself, which states neither the model nor the machine that it
     *     was built for
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
