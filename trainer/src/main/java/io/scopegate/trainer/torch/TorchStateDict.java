package io.scopegate.trainer.torch;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes weights in the format of {@code torch.save(network.state_dict(), file)}. {@code torch.load} reads them with
 * {@code weights_only}.
 */
public final class TorchStateDict {

    private TorchStateDict() {}

    /**
     * Replaces the file as a whole, or leaves it unchanged if that fails. The same weights always give the same bytes.
     */
    public static void write(StateDict weights, Path file) throws IOException {
        WholeFile.write(file, out -> {
            try (RecordWriter records = new RecordWriter(out, "model")) {
                records.write("data.pkl", pickle(weights.network()));
                records.writeTensors(weights);
            }
        });
    }

    private static byte[] pickle(SeResNet network) {
        PickleWriter pickle = new PickleWriter().dictionary().operation(Opcode.MARK);
        int record = 0;
        for (var entry : TorchKeys.shapes(network).entrySet()) {
            ElementType type = TorchKeys.counter(entry.getKey()) ? ElementType.INT64 : ElementType.FLOAT32;
            Shape shape = entry.getValue();
            pickle.text(entry.getKey()).tensor(record++, type, shape, false);
        }
        return pickle.operation(Opcode.SETITEMS).finish();
    }
}
