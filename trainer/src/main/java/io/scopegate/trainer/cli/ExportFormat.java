package io.scopegate.trainer.cli;

import java.util.Locale;

/** The formats that {@code export} writes. */
enum ExportFormat {
    /** A model directory. */
    MODEL,
    /** A PyTorch state dict. */
    STATE_DICT,
    /** A TorchScript archive. */
    TORCHSCRIPT,
    ONNX,
    SAFETENSORS,
    /** A TensorRT engine in a cache, and the ONNX file that it is built from. */
    ENGINE;

    /** Parses a format from the command line. */
    static final class Converter extends TypedName<ExportFormat> {
        Converter() {
            super(values());
        }
    }

    /** Returns the name as typed on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
