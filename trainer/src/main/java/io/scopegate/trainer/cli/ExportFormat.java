package io.scopegate.trainer.cli;

import java.util.Locale;

/** In which form {@code export} writes a network. */
enum ExportFormat {
    /** A model directory. */
    MODEL,
    /** A state dict of PyTorch. */
    STATE_DICT,
    /** A TorchScript archive. */
    TORCHSCRIPT,
    ONNX,
    SAFETENSORS,
    /** An engine of TensorRT in a cache, and the ONNX file that it is made of. */
    ENGINE;

    /** From a command line. */
    static final class Converter extends TypedName<ExportFormat> {
        Converter() {
            super(values());
        }
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
