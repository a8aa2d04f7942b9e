package io.scopegate.trainer.torch;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Writes archives of the narrowest network's weights, whose entries a test can replace, remove or put elsewhere. */
final class TestArchive {

    static final SeResNet NETWORK = new SeResNet(new Architecture(1, List.of(1, 1, 1, 1)));
    static final StateDict WEIGHTS = GoldenValues.weights(NETWORK);

    private final Map<String, Consumer<PickleWriter>> entries = new LinkedHashMap<>();

    TestArchive() {
        int record = 0;
        for (var entry : TorchKeys.shapes(NETWORK).entrySet()) {
            ElementType type = TorchKeys.counter(entry.getKey()) ? ElementType.INT64 : ElementType.FLOAT32;
            int number = record++;
            put(entry.getKey(), pickle -> pickle.tensor(number, type, entry.getValue(), false));
        }
    }

    TestArchive put(String key, Consumer<PickleWriter> value) {
        entries.put(key, value);
        return this;
    }

    TestArchive remove(String key) {
        entries.remove(key);
        return this;
    }

    /**
     * Writes the state dict as the pickle's only object, or under the given keys, the first of which is the outermost.
     */
    Path write(Path file, String... under) throws IOException {
        PickleWriter pickle = new PickleWriter();
        for (String key : under) {
            pickle.dictionary().operation(Opcode.MARK).text(key);
        }
        pickle.dictionary().operation(Opcode.MARK);
        entries.forEach((key, value) -> value.accept(pickle.text(key)));
        pickle.operation(Opcode.SETITEMS);
        for (int k = 0; k < under.length; k++) {
            pickle.operation(Opcode.SETITEMS);
        }
        return write(file, pickle.finish());
    }

    /** Writes any pickle, with the network's tensors as records. */
    static Path write(Path file, byte[] pickle) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                RecordWriter records = new RecordWriter(out, "any")) {
            records.write("data.pkl", pickle);
            records.writeTensors(WEIGHTS);
        }
        return file;
    }

    /**
     * Writes the state dict under each of several keys, and a number under {@code epoch}.
     *
     * @param prefixes prefix of the state dict's own keys, by the key that it is under
     */
    Path writeUnder(Path file, SortedMap<String, String> prefixes) throws IOException {
        PickleWriter pickle = new PickleWriter().dictionary().operation(Opcode.MARK);
        prefixes.forEach((key, prefix) -> {
            pickle.text(key).dictionary().operation(Opcode.MARK);
            entries.forEach((name, value) -> value.accept(pickle.text(prefix + name)));
            pickle.operation(Opcode.SETITEMS);
        });
        pickle.text("epoch").whole(3);
        return write(file, pickle.operation(Opcode.SETITEMS).finish());
    }

    /** Returns a writer of a parameter that has the tensor as its data. */
    static Consumer<PickleWriter> parameter(Consumer<PickleWriter> tensor) {
        return pickle -> {
            tensor.accept(pickle.name("torch._utils", "_rebuild_parameter").operation(Opcode.MARK));
            pickle.flag(true).dictionary().operation(Opcode.TUPLE).operation(Opcode.REDUCE);
        };
    }

    /** Returns a writer of a float32 tensor that is a view of the storage {@code data/RECORD}. */
    static Consumer<PickleWriter> view(int record, long elements, long offset, Shape shape, long... strides) {
        return pickle -> {
            pickle.name("torch._utils", "_rebuild_tensor_v2").operation(Opcode.MARK);
            pickle.operation(Opcode.MARK).text("storage").name("torch", "FloatStorage");
            pickle.text(String.valueOf(record)).text("cpu").whole(elements);
            pickle.operation(Opcode.TUPLE).operation(Opcode.BINPERSID).whole(offset);
            tuple(pickle, shape.getShape());
            tuple(pickle, strides);
            pickle.flag(false).dictionary().operation(Opcode.TUPLE).operation(Opcode.REDUCE);
        };
    }

    private static void tuple(PickleWriter pickle, long... values) {
        pickle.operation(Opcode.MARK);
        for (long value : values) {
            pickle.whole(value);
        }
        pickle.operation(Opcode.TUPLE);
    }
}
